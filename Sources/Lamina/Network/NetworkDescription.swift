/// The shape of a feed-forward network: what has to be known to make it or to use its parameters.
public struct NetworkDescription: Sendable, Hashable, Codable {
  /// The number of inputs.
  public var inputs: Int
  /// The layers, from the first hidden one to the output.
  public var layers: [Layer]
  /// What training makes small.
  public var loss: Loss
  /// How the losses of a batch become one number.
  public var reduction: Reduction
  /// The map from stored inputs to those of the first layer.
  public var inputScaling: InputScaling
  /// The map from the numbers that are to be found to those that the network makes; nil where it
  /// makes them as they are.
  public var targetScaling: TargetScaling?

  /// Describes a network.
  public init(
    inputs: Int, layers: [Layer], loss: Loss, reduction: Reduction = .mean,
    inputScaling: InputScaling = .identity, targetScaling: TargetScaling? = nil
  ) {
    self.inputs = inputs
    self.layers = layers
    self.loss = loss
    self.reduction = reduction
    self.inputScaling = inputScaling
    self.targetScaling = targetScaling
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

  /// The number of outputs.
  public var outputs: Int { layers.reduce(inputs) { $1.outputs(inputs: $0) } }
  /// The activation that ends the network.
  public var outputActivation: Activation {
    guard let last = graph.nodes.last else { return .identity }
    // Softmax is a node of its own, not the end of another.
    return last.operation.rowActivation ?? last.activation
  }
  /// Inputs and outputs of each dense layer, those inside of other layers too.
  public var denseShapes: [(inputs: Int, outputs: Int)] {
    graph.parameters.compactMap { tensor in
      guard case .weights = tensor.role else { return nil }
      return (inputs: tensor.shape[1], outputs: tensor.shape[0])
    }
  }
  /// The number of numbers that training changes.
  public var parameterCount: Int {
    graph.parameters.reduce(0) { $0 + ($1.isTrained ? $1.count : 0) }
  }
  /// The numbers that a forward pass makes for each example, its inputs included.
  public var valueCount: Int { graph.columns.reduce(0, +) }
  /// Floating-point operations of the products of one training step, for each example: two a
  /// multiplication, forward, weight gradient, and delta (none for the inputs).
  public var trainingOperationsPerExample: Int {
    let graph = graph
    return graph.nodes.reduce(0) { sum, node in
      let input = node.inputs[0]
      return sum + (input == 0 ? 4 : 6)
        * node.operation.multiplications(
          inputs: graph.columns[input], outputs: graph.columns[node.output])
    }
  }
  /// The layers as messages show them, such as `784-128-64-10`.
  public var name: String { (["\(inputs)"] + layers.map(\.name)).joined(separator: "-") }

  /// The tensors that make up the parameters.
  public var parameterTensors: [ParameterTensor] { graph.parameters }

  var graph: Graph { Graph(self) }

  /// Refuses batches of more numbers than dropout has places for: a random word is named by 32 bits of
  /// row and column, and four columns share one.
  public func validate(batchSize: Int) throws(NetworkError) {
    let graph = graph
    for node in graph.nodes {
      guard let most = node.operation.rowLimit(columns: graph.columns[node.output]) else {
        continue
      }
      guard batchSize <= most else {
        throw .invalid(
          "the batch size", value: "\(batchSize)",
          wanted: "at most \(most), since dropout can number no more rows of "
            + "\(graph.columns[node.output]) columns")
      }
    }
  }

  /// Refuses sizes that are not positive, sizes beyond what an index can count, and pairs of
  /// output and loss that make no sense.
  public func validate() throws(NetworkError) {
    guard inputs > 0 else {
      throw .invalid("the number of inputs", value: "\(inputs)", wanted: "positive")
    }
    guard !layers.isEmpty else {
      throw .invalid("the number of layers", value: "0", wanted: "at least 1")
    }
    _ = try layers.validate(inputs: inputs, prefix: "layer ")
    guard !denseShapes.isEmpty else {
      throw .mismatch("the network \(name) has no dense layer; it needs one to learn anything")
    }
    try inputScaling.validate(features: inputs)
    try targetScaling?.validate(outputs: outputs)
    try loss.validate(outputActivation: outputActivation)
  }
}
