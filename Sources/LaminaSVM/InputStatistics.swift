import Lamina

/// Sums over the scaled inputs of a data set, in `Double`.
struct InputStatistics {
  /// The sum of the squares of each example's inputs.
  let squares: [Float]
  /// The variance of all inputs of all examples, taken together.
  let variance: Double

  init(_ dataset: Dataset, scaling: InputScaling) {
    switch dataset.inputs {
    case .bytes(let bytes): self.init(bytes.span, Double.init, dataset.features, scaling)
    case .floats(let floats): self.init(floats.span, Double.init, dataset.features, scaling)
    }
  }

  private init<Number>(
    _ inputs: borrowing Span<Number>, _ value: (Number) -> Double, _ features: Int,
    _ scaling: InputScaling
  ) {
    let (scale, offset) = (Double(scaling.scale), Double(scaling.offset))
    var squares: [Float] = []
    squares.reserveCapacity(inputs.count / features)
    var total = 0.0
    for start in stride(from: 0, to: inputs.count, by: features) {
      var sum = 0.0
      for index in start..<start + features {
        let x = scale * value(inputs[index]) + offset
        total += x
        sum += x * x
      }
      squares.append(Float(sum))
    }
    let mean = total / Double(inputs.count)
    var deviation = 0.0
    for index in inputs.indices {
      let x = scale * value(inputs[index]) + offset - mean
      deviation += x * x
    }
    self.squares = squares
    variance = deviation / Double(inputs.count)
  }
}
