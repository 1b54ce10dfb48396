public import Lamina

extension CPUBackend {
  /// Each thread changes its part.
  public func enqueueClip(_ vector: Vector<CPUBackend>, to limit: Float) {
    let x = Elements(vector).start
    submitFlat(vector, work: 2) { range, _ in
      for index in range {
        let value = x[index]
        x[index] = value > limit ? limit : value < -limit ? -limit : value
      }
    }
  }

  /// Each thread adds up the sums for itself and changes its part.
  public func enqueueClipNorm(
    of vector: Vector<CPUBackend>, squares: Vector<CPUBackend>, to limit: Float
  ) {
    let (x, sums) = (Elements(vector).start, Elements(squares))
    submitFlat(vector, work: 2, accesses: [.reads(squares.storage)]) { range, _ in
      var total = 0.0
      for index in 0..<sums.count { total += Double(sums.start[index]) }
      let norm = Float(total.squareRoot())
      let scale = norm.isFinite ? min(1, limit / (norm + 1e-6)) : .nan
      if scale == 1 { return }
      // Padding stays zero in any case.
      for index in range { x[index] = x[index] == 0 ? x[index] : x[index] * scale }
    }
  }
}
