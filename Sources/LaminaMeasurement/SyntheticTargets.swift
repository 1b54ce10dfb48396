import Lamina

extension SyntheticData {
  /// Targets that can be learned, as the loss of a network wants them: each output is right where the
  /// sum of its share of an example's inputs is large.
  static func targets(for network: NetworkDescription, _ inputs: Dataset.Inputs) -> Dataset.Targets
  {
    let outputs = network.targets
    let names = (0..<outputs).map { "\($0)" }
    var sums = sums(of: inputs, features: network.inputs, outputs: outputs)
    switch network.loss {
    case .softmaxCrossEntropy, .negativeLogLikelihood, .klDivergence:
      let classes = stride(from: 0, to: sums.count, by: outputs).map { start in
        Int32((0..<outputs).max { sums[start + $0] < sums[start + $1] } ?? 0)
      }
      return .classes(classes, classNames: names)
    case .logisticCrossEntropy, .perceptron:
      standardize(&sums, columns: outputs)
      return .labels(sums.map { $0 > 0 ? 1 : 0 }, names: names)
    case .poisson:
      standardize(&sums, columns: outputs)
      return .values(sums.map { $0.magnitude.rounded() }.map(Double.init), names: names)
    case .quadratic, .squaredError, .absoluteError, .huber, .quantile, .gaussianLikelihood:
      standardize(&sums, columns: outputs)
      return .values(sums.map { Double($0) }, names: names)
    }
  }

  /// For each example the sums of every `outputs`-th input, one for each output.
  private static func sums(of inputs: Dataset.Inputs, features: Int, outputs: Int) -> [Float] {
    switch inputs {
    case .bytes(let bytes): sums(bytes, features, outputs) { Float($0) }
    case .floats(let floats): sums(floats, features, outputs) { $0 }
    case .doubles(let doubles): sums(doubles, features, outputs) { Float($0) }
    }
  }

  private static func sums<Number>(
    _ numbers: [Number], _ features: Int, _ outputs: Int, _ float: (Number) -> Float
  ) -> [Float] {
    let count = numbers.count / features
    var sums = [Float](repeating: 0, count: count * outputs)
    for example in 0..<count {
      var output = 0
      // With fewer inputs than outputs, some outputs share one.
      for place in 0..<max(features, outputs) {
        let feature = place < features ? place : place % features
        sums[example * outputs + output] += float(numbers[example * features + feature])
        output = output + 1 == outputs ? 0 : output + 1
      }
    }
    return sums
  }

  /// Gives each column the mean 0 and, unless it is constant, the variance 1.
  private static func standardize(_ values: inout [Float], columns: Int) {
    for column in 0..<columns {
      let places = stride(from: column, to: values.count, by: columns)
      let count = Double(values.count / columns)
      let mean = places.reduce(0.0) { $0 + Double(values[$1]) } / count
      let squares = places.reduce(0.0) { sum, place in
        let difference = Double(values[place]) - mean
        return sum + difference * difference
      }
      let deviation = (squares / count).squareRoot()
      let factor = deviation > 0 ? 1 / deviation : 1
      for place in places { values[place] = Float((Double(values[place]) - mean) * factor) }
    }
  }
}
