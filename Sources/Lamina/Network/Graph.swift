/// The operations of a network in the order of its forward pass.
///
/// Value 0 is the gathered batch; node `n` makes value `n + 1` of earlier ones. Layers become one
/// node or several: a residual block is the nodes of its layers and an addition.
struct Graph: Sendable {
  /// What makes one value.
  struct Node: Sendable {
    /// What it computes.
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
  /// How many dense layers there are.
  private(set) var denseCount = 0

  init(_ description: NetworkDescription) {
    columns = [description.inputs]
    append(description.layers, from: 0, path: "layers")
  }

  /// The value that the network ends with.
  var output: Int { columns.count - 1 }

  /// How many nodes read a value.
  func consumers(of value: Int) -> Int { nodes.count { $0.inputs.contains(value) } }

  /// The node that makes a value; nil for the batch.
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
    case .activation(let activation):
      return append(
        ActivationNode(), [value], activation, columns: inputs)
    case .residual(let layers):
      let inner = append(layers, from: value, path: "\(path).layers")
      return append(AdditionNode(), [value, inner], .identity, columns: inputs)
    }
  }

  private mutating func dense(
    outputs: Int, _ activation: Activation, after value: Int, path: String
  ) -> Int {
    parameters += [
      ParameterTensor(
        name: "\(path).weight", shape: [outputs, columns[value]], role: .weights(denseCount)),
      ParameterTensor(name: "\(path).bias", shape: [outputs], role: .bias(denseCount)),
    ]
    denseCount += 1
    return append(DenseNode(number: denseCount - 1), [value], activation, columns: outputs)
  }

  private mutating func append(
    _ operation: some NodeOperation, _ inputs: [Int], _ activation: Activation, columns count: Int
  ) -> Int {
    columns.append(count)
    nodes.append(
      Node(
        operation: operation, inputs: inputs, output: columns.count - 1, activation: activation))
    return columns.count - 1
  }
}

/// A tensor among the parameters of a network, as a model file has it.
public struct ParameterTensor: Sendable, Hashable {
  /// What a tensor is to its layer; the numbers count layers of the kind.
  enum Role: Sendable, Hashable {
    /// Of a dense layer.
    case weights(Int)
    /// Of a dense layer.
    case bias(Int)
  }

  /// As in PyTorch's state of nested `nn.Sequential`s, such as `layers.0.weight`.
  public let name: String
  /// Outputs × inputs, or one number an output.
  public let shape: [Int]
  let role: Role

  /// The number of numbers.
  public var count: Int { shape.reduce(1, *) }
}
