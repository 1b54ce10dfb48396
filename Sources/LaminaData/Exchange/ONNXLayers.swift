import Lamina

/// The layers of a network as nodes of a graph.
struct ONNXLayers {
  private let inputs: Int
  private let tensors: [String: (shape: [Int], values: [Float])]

  init(_ network: NetworkDescription, _ parameters: NetworkParameters) {
    let named = zip(network.parameterTensors, parameters.tensors).map { tensor, values in
      (tensor.name, (shape: tensor.shape, values: values))
    }
    inputs = network.inputs
    tensors = Dictionary(named) { first, _ in first }
  }

  /// Adds layers, whose tensors are `layers.0.weight` and so on behind `prefix`, and returns the
  /// name of their result.
  func add(
    _ layers: [Layer], to graph: inout ONNXGraph, of input: String, prefix: String = ""
  ) -> String {
    var value = input
    for (number, layer) in layers.enumerated() {
      value = add(layer, to: &graph, of: value, name: "\(prefix)layers.\(number).")
    }
    return value
  }

  private func add(
    _ layer: Layer, to graph: inout ONNXGraph, of input: String, name: String
  ) -> String {
    switch layer {
    case .dense(_, let activation):
      return activation.add(to: &graph, of: linear(&graph, input, name))
    case .activation(let activation): return activation.add(to: &graph, of: input)
    case .residual(let layers):
      return graph.add("Add", input, add(layers, to: &graph, of: input, prefix: name))
    case .batchNormalization(_, let epsilon):
      return graph.add(
        "BatchNormalization", input, tensor(&graph, name + "weight"), tensor(&graph, name + "bias"),
        tensor(&graph, name + "running_mean"), tensor(&graph, name + "running_var"),
        attributes: [.single("epsilon", epsilon)])
    case .layerNormalization(let epsilon):
      return graph.add(
        "LayerNormalization", input, tensor(&graph, name + "weight"), tensor(&graph, name + "bias"),
        attributes: [.integer("axis", -1), .single("epsilon", epsilon)])
    case .dropout: return input
    case .maxout(let outputs, let pieces):
      // Zero stands for the number of rows.
      let shape = graph.constant([0, pieces, outputs])
      let values = graph.add("Reshape", linear(&graph, input, name), shape)
      return graph.add(
        "ReduceMax", values, attributes: [.integers("axes", [1]), .integer("keepdims", 0)])
    case .embedding(let columns): return embedding(columns, &graph, input, name)
    }
  }

  /// Rows of tables, which get one more row of zeros for numbers that are no category.
  private func embedding(
    _ columns: [EmbeddedColumn], _ graph: inout ONNXGraph, _ input: String, _ name: String
  ) -> String {
    let first = inputs - columns.count
    var value: String?
    if first > 0 { value = slice(&graph, input, 0..<first) }
    for (number, column) in columns.enumerated() {
      let category = slice(&graph, input, first + number..<first + number + 1)
      let count = graph.constant([Float(column.categories)], shape: [1])
      let isPositive = graph.add("GreaterOrEqual", category, graph.constant([Float(0)], shape: [1]))
      let isWhole = graph.add("Equal", category, graph.add("Floor", category))
      let isInside = graph.add("And", isPositive, graph.add("Less", category, count))
      let row = graph.add("Where", graph.add("And", isInside, isWhole), category, count)
      let index = graph.add("Squeeze", graph.cast(row, to: .integer), graph.constant([1]))
      let tensor = "\(name)embeddings.\(number).weight"
      let numbers = (tensors[tensor]?.values ?? []) + [Float](repeating: 0, count: column.width)
      let table = graph.constant(
        numbers, shape: [column.categories + 1, column.width], named: tensor)
      let part = graph.add("Gather", table, index, attributes: [.integer("axis", 0)])
      value = value.map { graph.add("Concat", $0, part, attributes: [.integer("axis", 1)]) } ?? part
    }
    return value ?? input
  }

  private func slice(_ graph: inout ONNXGraph, _ input: String, _ columns: Range<Int>) -> String {
    graph.add(
      "Slice", input, graph.constant([columns.lowerBound]), graph.constant([columns.upperBound]),
      graph.constant([1]))
  }

  private func linear(_ graph: inout ONNXGraph, _ input: String, _ name: String) -> String {
    graph.add(
      "Gemm", input, tensor(&graph, name + "weight"), tensor(&graph, name + "bias"),
      attributes: [.integer("transB", 1)])
  }

  private func tensor(_ graph: inout ONNXGraph, _ name: String) -> String {
    guard let tensor = tensors[name] else {
      preconditionFailure("the network has no tensor \(name)")
    }
    return graph.constant(tensor.values, shape: tensor.shape, named: name)
  }
}
