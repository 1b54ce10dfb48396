/// The parameters of a network in the memory of the host, in PyTorch's order.
public struct NetworkParameters: Sendable, Equatable {
  /// The parameters of a dense layer.
  public struct Dense: Sendable, Equatable {
    /// Outputs × inputs, row by row.
    public var weights: [Float]
    /// One number an output.
    public var bias: [Float]

    /// Pairs weights with a bias.
    public init(weights: [Float], bias: [Float]) {
      self.weights = weights
      self.bias = bias
    }
  }

  /// The layers, from the first hidden one to the output.
  public var layers: [Dense]

  /// Collects layers.
  public init(layers: [Dense]) { self.layers = layers }

  /// Draws the initial parameters of a network: a pure function of description, rule and seed, so
  /// that all devices start from the same numbers.
  public init(
    for description: NetworkDescription, initialization: Initialization, seed: UInt64
  ) {
    layers = description.layerShapes.enumerated().map { number, shape in
      Dense(
        weights: initialization.weights(
          inputs: shape.inputs, outputs: shape.outputs,
          generator: RandomStream.initialization(layer: number, isBias: false).generator(seed)),
        bias: initialization.bias(
          inputs: shape.inputs, outputs: shape.outputs,
          generator: RandomStream.initialization(layer: number, isBias: true).generator(seed)))
    }
  }

  /// Refuses parameters whose shapes are not those of `description`.
  public func validate(for description: NetworkDescription) throws(NetworkError) {
    let shapes = description.layerShapes
    guard layers.count == shapes.count else {
      throw .mismatch(
        "the parameters have \(layers.count) layers, the network \(description.name) "
          + "\(shapes.count)")
    }
    for (number, (layer, shape)) in zip(layers, shapes).enumerated() {
      guard layer.weights.count == shape.inputs * shape.outputs, layer.bias.count == shape.outputs
      else {
        throw .mismatch(
          "layer \(number) has \(layer.weights.count) weights and \(layer.bias.count) biases; "
            + "the network \(description.name) needs \(shape.outputs)×\(shape.inputs) "
            + "and \(shape.outputs)")
      }
    }
  }
}

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
