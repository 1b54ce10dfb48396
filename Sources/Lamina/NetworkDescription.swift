/// The shape of a feed-forward network: what has to be known to make it or to use its parameters.
public struct NetworkDescription: Sendable, Hashable, Codable {
  /// A layer that computes `f(x · weights + bias)`.
  public struct Dense: Sendable, Hashable, Codable {
    /// The number of outputs.
    public var outputs: Int
    /// The function applied to each output.
    public var activation: Activation

    /// A dense layer.
    public init(outputs: Int, activation: Activation) {
      self.outputs = outputs
      self.activation = activation
    }
  }

  /// The number of inputs.
  public var inputs: Int
  /// The layers, from the first hidden one to the output.
  public var layers: [Dense]
  /// What training makes small.
  public var loss: Loss
  /// How the losses of a batch become one number.
  public var reduction: Reduction
  /// The map from stored inputs to those of the first layer.
  public var inputScaling: InputScaling

  /// Describes a network.
  public init(
    inputs: Int, layers: [Dense], loss: Loss, reduction: Reduction = .mean,
    inputScaling: InputScaling = .identity
  ) {
    self.inputs = inputs
    self.layers = layers
    self.loss = loss
    self.reduction = reduction
    self.inputScaling = inputScaling
  }

  /// A classifier with softmax cross-entropy: hidden layers of the given sizes, linear logits.
  public static func classifier(
    inputs: Int, hidden: [Int], activation: Activation, classes: Int, inputScaling: InputScaling
  ) -> NetworkDescription {
    NetworkDescription(
      inputs: inputs,
      layers: hidden.map { Dense(outputs: $0, activation: activation) } + [
        Dense(outputs: classes, activation: .identity)
      ],
      loss: .softmaxCrossEntropy, inputScaling: inputScaling)
  }

  /// The number of outputs.
  public var outputs: Int { layers.last?.outputs ?? inputs }
  /// All sizes, from the inputs to the outputs.
  public var sizes: [Int] { [inputs] + layers.map(\.outputs) }
  /// Inputs and outputs of each layer.
  public var layerShapes: [(inputs: Int, outputs: Int)] {
    zip(sizes, sizes.dropFirst()).map { (inputs: $0, outputs: $1) }
  }
  /// The number of weights and biases.
  public var parameterCount: Int {
    layerShapes.reduce(0) { $0 + ($1.inputs + 1) * $1.outputs }
  }
  /// Floating-point operations of the products of one training step, for each example: two a
  /// multiplication, forward, weight gradient, and delta (none for the inputs).
  public var trainingOperationsPerExample: Int {
    layerShapes.enumerated().reduce(0) { sum, layer in
      sum + (layer.offset == 0 ? 4 : 6) * layer.element.inputs * layer.element.outputs
    }
  }
  /// The sizes as messages show them, such as `784-128-64-10`.
  public var name: String { sizes.map(String.init).joined(separator: "-") }

  /// Refuses sizes that are not positive, sizes beyond what an index can count, and pairs of
  /// output and loss that make no sense.
  public func validate() throws(NetworkError) {
    guard inputs > 0 else {
      throw .invalid("the number of inputs", value: "\(inputs)", wanted: "positive")
    }
    guard !layers.isEmpty else {
      throw .invalid("the number of layers", value: "0", wanted: "at least 1")
    }
    for (number, layer) in layers.enumerated() where !(1...1_000_000).contains(layer.outputs) {
      throw .invalid(
        "the size of layer \(number + 1)", value: "\(layer.outputs)",
        wanted: "from 1 to 1000000")
    }
    if loss == .softmaxCrossEntropy, let output = layers.last, output.activation != .identity {
      throw .mismatch(
        "softmax cross-entropy needs a linear output layer, not \(output.activation.rawValue); "
          + "\(output.activation.rawValue) goes with the quadratic loss")
    }
  }
}
