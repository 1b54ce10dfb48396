/// The operations of a network in the order of its forward pass.
///
/// Value 0 is the gathered batch. Node `n` computes value `n + 1` from earlier values. A layer
/// becomes one node or several: a residual block becomes the nodes of its layers and an addition.
struct Graph: Sendable {
  /// The part of a graph that makes one value.
  struct Node: Sendable {
    /// Its operation.
    let operation: any NodeOperation
    /// The values that it reads: one, or two for an addition.
    let inputs: [Int]
    /// The number of the value it makes.
    let output: Int
    /// The elementwise function that ends it.
    let activation: Activation
  }

  /// The nodes, each after those whose values it reads.
  private(set) var nodes: [Node] = []
  /// The number of columns of each value.
  private(set) var columns: [Int]
  /// The parameters, in the order of the layers.
  private(set) var parameters: [ParameterTensor] = []
  /// The number of layers of each kind that has something of its own.
  private var counts = Counts()

  private struct Counts {
    var dense = 0
    var normalization = 0
    var batchNormalization = 0
    var dropout = 0
  }

  init(_ description: NetworkDescription) {
    columns = [description.inputs]
    append(description.layers, from: 0, path: "layers")
  }

  /// The value that the network ends with.
  var output: Int { columns.count - 1 }

  /// The number of times that nodes read a value.
  func consumers(of value: Int) -> Int { nodes.reduce(0) { $0 + $1.inputs.count { $0 == value } } }

  /// The node that computes a value; nil for the batch.
  func producer(of value: Int) -> Node? { value == 0 ? nil : nodes[value - 1] }

  @discardableResult
  private mutating func append(_ layers: [Layer], from start: Int, path: String) -> Int {
    var value = start
    for (number, layer) in layers.enumerated() {
      value = append(layer, after: value, path: "\(path).\(number)")
    }
    return value
  }

  private mutating func append(_ layer: Layer, after value: Int, path: String) -> Int {
    let inputs = columns[value]
    switch layer {
    case .dense(let outputs, let activation):
      return dense(outputs: outputs, activation, after: value, path: path)
    case .activation(let activation): return activate(value, activation)
    case .residual(let layers):
      let inner = append(layers, from: value, path: "\(path).layers")
      return append(AdditionNode(), [value, inner], .identity, columns: inputs)
    case .batchNormalization(let momentum, let epsilon):
      return batchNormalization(momentum: momentum, epsilon: epsilon, after: value, path: path)
    case .layerNormalization(let epsilon):
      let node = LayerNormalizationNode(
        number: normalizationParameters(columns: inputs, path: path), epsilon: epsilon)
      return append(node, [value], .identity, columns: inputs)
    case .dropout(let rate):
      // Layers that drop nothing count too, so that the other layers keep their masks.
      defer { counts.dropout += 1 }
      if rate == 0 { return value }
      return append(
        DropoutNode(number: counts.dropout, rate: rate), [value], .identity, columns: inputs)
    case .maxout(let outputs, let pieces):
      let linear = dense(outputs: outputs * pieces, .identity, after: value, path: path)
      return append(MaxoutNode(), [linear], .identity, columns: outputs)
    case .embedding(let columns):
      for (number, column) in columns.enumerated() {
        parameters.append(
          ParameterTensor(
            name: "\(path).embeddings.\(number).weight",
            shape: [column.categories, column.width], role: .table(number)))
      }
      return append(
        EmbeddingNode(columns: columns), [value], .identity, columns: layer.outputs(inputs: inputs))
    }
  }

  private mutating func dense(
    outputs: Int, _ activation: Activation, after value: Int, path: String
  ) -> Int {
    let number = counts.dense
    counts.dense += 1
    parameters += [
      ParameterTensor(
        name: "\(path).weight", shape: [outputs, columns[value]], role: .weights(number)),
      ParameterTensor(name: "\(path).bias", shape: [outputs], role: .bias(number)),
    ]
    guard activation.isElementwise else {
      let linear = append(DenseNode(number: number), [value], .identity, columns: outputs)
      return activate(linear, activation)
    }
    return append(DenseNode(number: number), [value], activation, columns: outputs)
  }

  private mutating func activate(_ value: Int, _ activation: Activation) -> Int {
    activation.isElementwise
      ? append(ActivationNode(), [value], activation, columns: columns[value])
      : append(
        SoftmaxNode(isLogarithmic: activation == .logSoftmax), [value], .identity,
        columns: columns[value])
  }

  private mutating func batchNormalization(
    momentum: Float, epsilon: Float, after value: Int, path: String
  ) -> Int {
    let (inputs, number) = (columns[value], counts.batchNormalization)
    counts.batchNormalization += 1
    let node = BatchNormalizationNode(
      number: normalizationParameters(columns: inputs, path: path), running: number,
      momentum: momentum, epsilon: epsilon)
    parameters += [
      ParameterTensor(name: "\(path).running_mean", shape: [inputs], role: .runningMean(number)),
      ParameterTensor(name: "\(path).running_var", shape: [inputs], role: .runningVariance(number)),
    ]
    return append(node, [value], .identity, columns: inputs)
  }

  /// Adds the scale and shift of a normalisation. Returns their index among those of the network.
  private mutating func normalizationParameters(columns: Int, path: String) -> Int {
    let number = counts.normalization
    counts.normalization += 1
    parameters += [
      ParameterTensor(name: "\(path).weight", shape: [columns], role: .scale(number)),
      ParameterTensor(name: "\(path).bias", shape: [columns], role: .shift(number)),
    ]
    return number
  }

  private mutating func append(
    _ operation: some NodeOperation, _ inputs: [Int], _ activation: Activation, columns count: Int
  ) -> Int {
    columns.append(count)
    nodes.append(
      Node(operation: operation, inputs: inputs, output: columns.count - 1, activation: activation))
    return columns.count - 1
  }
}
