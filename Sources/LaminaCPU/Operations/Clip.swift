import Lamina

extension Operation.Clip where B == CPUBackend {
  /// Each thread changes its part.
  func tasks() -> TaskGroup {
    let (elements, limit) = (Elements(vector), limit)
    return TaskGroup(self, "Clip") { part in
      let x = elements.start
      for index in part.elements(of: elements) {
        let value = x[index]
        x[index] = value > limit ? limit : value < -limit ? -limit : value
      }
    }
  }
}

extension Operation.ClipNorm where B == CPUBackend {
  /// Each thread adds up the sums for itself and changes its part.
  func tasks() -> TaskGroup {
    let (elements, sums, limit) = (Elements(vector), Elements(squares), limit)
    return TaskGroup(self, "ClipNorm") { part in
      var total = 0.0
      for index in 0..<sums.count { total += Double(sums.start[index]) }
      let norm = Float(total.squareRoot())
      let scale = norm.isFinite ? min(1, limit / (norm + 1e-6)) : .nan
      if scale == 1 { return }
      let x = elements.start
      // Padding stays zero.
      for index in part.elements(of: elements) {
        x[index] = x[index] == 0 ? x[index] : x[index] * scale
      }
    }
  }
}
