/// A graph of ONNX's operators under construction.
///
/// Values are known by their names. The numbers of fields are those of `onnx.proto`, version 8 of
/// the intermediate representation.
struct ONNXGraph {
  /// The element types that graphs of Lamina have, by ONNX's numbers.
  enum Element: Int64 {
    case single = 1
    case integer = 7
    case double = 11
  }

  /// An attribute of a node.
  enum Attribute {
    case integer(String, Int)
    case single(String, Float)
    case integers(String, [Int])
  }

  private var nodes: [ProtobufMessage] = []
  private var constants: [ProtobufMessage] = []

  /// The number of bytes of the constants, which are nearly all of a file.
  private(set) var byteCount = 0

  /// Adds a node, and returns the name of its first output.
  ///
  /// - Parameters:
  ///   - operation: The operator.
  ///   - inputs: The names of its inputs.
  ///   - attributes: Its attributes.
  ///   - name: The name of the first output; nil chooses one.
  ///   - unused: The number of further outputs, which the operator must have and nothing reads.
  mutating func add(
    _ operation: String, _ inputs: String..., attributes: [Attribute] = [],
    named name: String? = nil, unused: Int = 0
  ) -> String {
    let output = name ?? "\(operation)_\(nodes.count)"
    var node = ProtobufMessage()
    for input in inputs { node.add(1, input) }
    node.add(2, output)
    for place in 0..<unused { node.add(2, "\(output)_\(place + 1)") }
    node.add(3, "node_\(nodes.count)")
    node.add(4, operation)
    for attribute in attributes { node.add(5, attribute.message) }
    nodes.append(node)
    return output
  }

  /// Converts a value to another element type.
  mutating func cast(_ value: String, to element: Element) -> String {
    add("Cast", value, attributes: [.integer("to", Int(element.rawValue))])
  }

  /// Adds a constant of 32-bit floats, and returns its name.
  mutating func constant(_ values: [Float], shape: [Int], named name: String? = nil) -> String {
    constant(.single, shape, bytes: memoryBytes(of: values), named: name)
  }

  /// Adds a constant of 64-bit floats, and returns its name.
  mutating func constant(_ values: [Double], shape: [Int], named name: String? = nil) -> String {
    constant(.double, shape, bytes: memoryBytes(of: values), named: name)
  }

  /// Adds a constant of whole numbers, and returns its name.
  mutating func constant(_ values: [Int]) -> String {
    constant(
      .integer, [values.count], bytes: memoryBytes(of: values.map { Int64($0) }), named: nil)
  }

  private mutating func constant(
    _ element: Element, _ shape: [Int], bytes: [UInt8], named name: String?
  ) -> String {
    let name = name ?? "constant_\(constants.count)"
    var tensor = ProtobufMessage()
    for size in shape { tensor.add(1, Int64(size)) }
    tensor.add(2, element.rawValue)
    tensor.add(8, name)
    tensor.add(9, bytes)
    constants.append(tensor)
    byteCount += tensor.bytes.count
    return name
  }

  /// The graph (`GraphProto`) from one input to one output, each a matrix with a row per example.
  func message(
    name: String, input: (name: String, element: Element, columns: Int),
    output: (name: String, element: Element, columns: Int)
  ) -> ProtobufMessage {
    var graph = ProtobufMessage()
    for node in nodes { graph.add(1, node) }
    graph.add(2, name)
    for constant in constants { graph.add(5, constant) }
    graph.add(11, Self.matrix(input))
    graph.add(12, Self.matrix(output))
    return graph
  }

  /// The type of a matrix with any number of rows (`ValueInfoProto`).
  private static func matrix(
    _ matrix: (name: String, element: Element, columns: Int)
  ) -> ProtobufMessage {
    var rows = ProtobufMessage()
    rows.add(2, "batch")
    var columns = ProtobufMessage()
    columns.add(1, Int64(matrix.columns))
    var shape = ProtobufMessage()
    for dimension in [rows, columns] { shape.add(1, dimension) }
    var tensor = ProtobufMessage()
    tensor.add(1, matrix.element.rawValue)
    tensor.add(2, shape)
    var type = ProtobufMessage()
    type.add(1, tensor)
    var value = ProtobufMessage()
    value.add(1, matrix.name)
    value.add(2, type)
    return value
  }
}

extension ONNXGraph.Attribute {
  /// The attribute as an `AttributeProto`.
  fileprivate var message: ProtobufMessage {
    var message = ProtobufMessage()
    switch self {
    case .single(let name, let value):
      message.add(1, name)
      message.add(2, value)
      message.add(20, Int64(1))
    case .integer(let name, let value):
      message.add(1, name)
      message.add(3, Int64(value))
      message.add(20, Int64(2))
    case .integers(let name, let values):
      message.add(1, name)
      for value in values { message.add(8, Int64(value)) }
      message.add(20, Int64(7))
    }
    return message
  }
}
