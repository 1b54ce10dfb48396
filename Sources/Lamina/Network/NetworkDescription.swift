/// The shape of a feed-forward network, by which it is made and its parameters are used.
public struct NetworkDescription: Sendable, Hashable, Codable {
  /// The number of inputs.
  public var inputs: Int
  /// The layers, from the first hidden one to the output.
  public var layers: [Layer]
  /// The loss, which training minimises.
  public var loss: Loss
  /// The way in which the losses of a batch become one number.
  public var reduction: Reduction
  /// The map from stored inputs to those of the first layer.
  public var inputScaling: InputScaling
  /// The map from target numbers to the numbers that the network learns; nil if both are the same.
  public var targetScaling: TargetScaling?
  /// The number by which logits are divided before they become probabilities; nil for 1. It is
  /// fitted after training (``Calibration``), and changes neither the outputs nor their loss.
  public var temperature: Double?

  /// Describes a network.
  public init(
    inputs: Int, layers: [Layer], loss: Loss, reduction: Reduction = .mean,
    inputScaling: InputScaling = .identity, targetScaling: TargetScaling? = nil,
    temperature: Double? = nil
  ) {
    self.inputs = inputs
    self.layers = layers
    self.loss = loss
    self.reduction = reduction
    self.inputScaling = inputScaling
    self.targetScaling = targetScaling
    self.temperature = temperature
  }

  /// A classifier with softmax cross-entropy: hidden layers of the given sizes, linear logits.
  public static func classifier(
    inputs: Int, hidden: [Int], activation: Activation, classes: Int, inputScaling: InputScaling
  ) -> NetworkDescription {
    NetworkDescription(
      inputs: inputs,
      layers: hidden.map { .dense(outputs: $0, activation: activation) } + [
        .dense(outputs: classes, activation: .identity)
      ],
      loss: .softmaxCrossEntropy(), inputScaling: inputScaling)
  }

  /// The columns that the first layer embeds, the last ones of the inputs; none for other networks.
  public var embeddedColumns: [EmbeddedColumn] {
    if case .embedding(let columns)? = layers.first { columns } else { [] }
  }

  /// The number of outputs.
  public var outputs: Int { layers.reduce(inputs) { $1.outputs(inputs: $0) } }
  /// The layers as messages show them, such as `784-128-64-10`.
  public var name: String { (["\(inputs)"] + layers.map(\.name)).joined(separator: "-") }
}
