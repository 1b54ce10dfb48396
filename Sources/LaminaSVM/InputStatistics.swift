import Lamina

/// Sums over the scaled inputs of a data set, in `Double`.
struct InputStatistics {
  /// The sum of the squares of each example's inputs.
  let squares: [Float]
  /// The variance of all inputs of all examples, taken together.
  let variance: Double

  init(_ dataset: Dataset, scaling: InputScaling) {
    self.init(StoredInputs(dataset, for: scaling), features: dataset.features, scaling: scaling)
  }

  init(_ inputs: StoredInputs, features: Int, scaling: InputScaling) {
    switch inputs {
    case .bytes(let bytes): self.init(bytes.span, Double.init, features, scaling)
    case .floats(let floats): self.init(floats.span, Double.init, features, scaling)
    }
  }

  private init<Number>(
    _ inputs: borrowing Span<Number>, _ value: (Number) -> Double, _ features: Int,
    _ scaling: InputScaling
  ) {
    let maps = (0..<features).map { feature in
      (scale: Double(scaling.scale(of: feature)), offset: Double(scaling.offset(of: feature)))
    }
    var squares: [Float] = []
    squares.reserveCapacity(inputs.count / features)
    var total = 0.0
    for start in stride(from: 0, to: inputs.count, by: features) {
      var sum = 0.0
      for (feature, map) in maps.enumerated() {
        let x = map.scale * value(inputs[start + feature]) + map.offset
        total += x
        sum += x * x
      }
      squares.append(Float(sum))
    }
    let mean = total / Double(inputs.count)
    var deviation = 0.0
    for index in inputs.indices {
      let map = maps[index % features]
      let x = map.scale * value(inputs[index]) + map.offset - mean
      deviation += x * x
    }
    self.squares = squares
    variance = deviation / Double(inputs.count)
  }
}
