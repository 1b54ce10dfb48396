/// The choice of the first parameters.
public struct Initialization: Sendable, Hashable, Codable {
  /// The distribution of the weights of a layer.
  public var weights: WeightInitialization
  /// The distribution of its biases.
  public var bias: BiasInitialization

  /// Combines rules for weights and biases. By default, biases are 0.
  public init(_ weights: WeightInitialization, bias: BiasInitialization = .constant(0)) {
    self.weights = weights
    self.bias = bias
  }

  /// Uniform in ±1/√inputs for weights and biases, as PyTorch's `nn.Linear`.
  ///
  /// Tables of embeddings are normal with mean 0 and deviation 1, as those of `nn.Embedding`.
  public static let pyTorch = Initialization(.pyTorch, bias: .pyTorch)

  /// The same numbers everywhere.
  public static func constant(weight: Float, bias: Float) -> Initialization {
    Initialization(.constant(weight), bias: .constant(bias))
  }

  /// Refuses values from which no training can start.
  public func validate() throws(NetworkError) {
    try weights.validate()
    if case .constant(let value) = bias, !value.isFinite {
      throw .invalid(
        "the first bias", value: "\(value)", wanted: "a finite number such as 0, or 0.1 for relu")
    }
  }
}

/// The choice of a layer's first biases.
public enum BiasInitialization: Sendable, Hashable, Codable {
  /// Uniform in ±1/√inputs.
  case pyTorch
  /// The same number everywhere: 0, or a small positive number such as 0.1, which makes ReLU units
  /// active at the start.
  case constant(Float)

  func values(inputs: Int, outputs: Int, generator: PhiloxGenerator) -> [Float] {
    switch self {
    case .pyTorch: generator.uniform(outputs, within: 1 / Float(inputs).squareRoot())
    case .constant(let value): [Float](repeating: value, count: outputs)
    }
  }
}

/// The choice of a layer's first weights.
///
/// Sources: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
/// networks", 2010; He et al., "Delving deep into rectifiers", 2015; LeCun et al., "Efficient
/// backprop", 1998. Normal numbers are not truncated, as in PyTorch.
public enum WeightInitialization: Sendable, Hashable, Codable {
  /// Uniform in ±1/√inputs.
  case pyTorch
  /// The same number everywhere; 0 for zeros.
  case constant(Float)
  /// Uniform from `low` up to `high`.
  case uniform(low: Float, high: Float)
  case normal(mean: Float, deviation: Float)
  /// Uniform in ±√(6 / (inputs + outputs)).
  case glorotUniform
  /// Of variance 2 / (inputs + outputs).
  case glorotNormal
  /// Uniform in ±√(6 / inputs).
  case heUniform
  /// Of variance 2 / inputs.
  case heNormal
  /// Uniform in ±√(3 / inputs).
  case leCunUniform
  /// Of variance 1 / inputs.
  case leCunNormal

  func values(inputs: Int, outputs: Int, generator: PhiloxGenerator) -> [Float] {
    values(inputs: inputs, outputs: outputs, count: inputs * outputs, generator: generator)
  }

  private func values(
    inputs: Int, outputs: Int, count: Int, generator: PhiloxGenerator
  ) -> [Float] {
    func uniform(variance: Float) -> [Float] {
      generator.uniform(count, within: (3 * variance).squareRoot())
    }
    func normal(variance: Float) -> [Float] {
      generator.normal(count, mean: 0, deviation: variance.squareRoot())
    }
    let (fanIn, fanSum) = (Float(inputs), Float(inputs + outputs))
    return switch self {
    case .pyTorch: generator.uniform(count, within: 1 / fanIn.squareRoot())
    case .constant(let value): [Float](repeating: value, count: count)
    case .uniform(let low, let high): generator.uniform(count, from: low, to: high)
    case .normal(let mean, let deviation): generator.normal(count, mean: mean, deviation: deviation)
    case .glorotUniform: uniform(variance: 2 / fanSum)
    case .glorotNormal: normal(variance: 2 / fanSum)
    case .heUniform: uniform(variance: 2 / fanIn)
    case .heNormal: normal(variance: 2 / fanIn)
    case .leCunUniform: uniform(variance: 1 / fanIn)
    case .leCunNormal: normal(variance: 1 / fanIn)
    }
  }

  /// The first numbers of the table of an embedded column.
  ///
  /// Each row replaces a column of zeros and a one, so that a table has the weights of a layer with
  /// `categories` inputs. Of these only one is not zero: a rule that divides by the number of inputs
  /// counts one.
  func table(_ column: EmbeddedColumn, generator: PhiloxGenerator) -> [Float] {
    let count = column.categories * column.width
    return switch self {
    case .pyTorch: generator.normal(count, mean: 0, deviation: 1)
    default:
      values(inputs: 1, outputs: column.width, count: count, generator: generator)
    }
  }

  func validate() throws(NetworkError) {
    switch self {
    case .constant(let value):
      try require(
        value.isFinite, "the first weight", is: value, wanted: "a finite number such as 0")
    case .uniform(let low, let high):
      try require(
        low.isFinite && high.isFinite && low < high && (high - low).isFinite,
        "the range of the first weights",
        is: "\(low) to \(high)", wanted: "from a lower to a higher number, such as -0.05 to 0.05")
    case .normal(let mean, let deviation):
      try require(
        mean.isFinite, "the mean of the first weights", is: mean,
        wanted: "a finite number such as 0")
      try require(
        deviation.isFinite && deviation >= 0, "the standard deviation of the first weights",
        is: deviation, wanted: "0 or a positive number such as 0.05")
    default: break
    }
  }
}
