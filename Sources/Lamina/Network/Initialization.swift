/// How the first parameters are chosen.
public enum Initialization: Sendable, Hashable, Codable {
  /// Uniform in ±1/√inputs for weights and biases: what PyTorch's `nn.Linear` does.
  case pyTorch
  /// The same number everywhere.
  case constant(weight: Float, bias: Float)

  func weights(inputs: Int, outputs: Int, generator: PhiloxGenerator) -> [Float] {
    switch self {
    case .pyTorch: uniform(inputs: inputs, count: inputs * outputs, generator)
    case .constant(let weight, _): [Float](repeating: weight, count: inputs * outputs)
    }
  }

  func bias(inputs: Int, outputs: Int, generator: PhiloxGenerator) -> [Float] {
    switch self {
    case .pyTorch: uniform(inputs: inputs, count: outputs, generator)
    case .constant(_, let bias): [Float](repeating: bias, count: outputs)
    }
  }

  private func uniform(inputs: Int, count: Int, _ generator: PhiloxGenerator) -> [Float] {
    let bound = 1 / Float(inputs).squareRoot()
    var generator = generator
    return (0..<count).map { _ in (2 * generator.uniform() - 1) * bound }
  }
}
