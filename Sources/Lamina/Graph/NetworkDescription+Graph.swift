extension NetworkDescription {
  /// The activation that ends the network.
  public var outputActivation: Activation {
    guard let last = graph.nodes.last else { return .identity }
    // Softmax is a separate node.
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
  /// The floating-point operations of the products of one training step, per example: two for each
  /// multiplication, forward, for the weight gradients and for the deltas. The inputs need no
  /// delta.
  public var trainingOperationsPerExample: Int {
    let graph = graph
    return graph.nodes.reduce(0) { sum, node in
      let input = node.inputs[0]
      return sum + (input == 0 ? 4 : 6)
        * node.operation.multiplications(
          inputs: graph.columns[input], outputs: graph.columns[node.output])
    }
  }
  /// Floating-point operations of the products of a forward pass, for each example.
  public var forwardOperationsPerExample: Int {
    denseShapes.reduce(0) { $0 + 2 * $1.inputs * $1.outputs }
  }

  /// The tensors that make up the parameters.
  public var parameterTensors: [ParameterTensor] { graph.parameters }

  var graph: Graph { Graph(self) }

  /// Refuses batches that are too large for dropout. A random word is identified by 32 bits of row
  /// and column, and serves four columns.
  public func validate(batchSize: Int) throws(NetworkError) {
    let graph = graph
    for node in graph.nodes {
      guard let most = node.operation.rowLimit(columns: graph.columns[node.output]) else {
        continue
      }
      try require(
        batchSize <= most, "the batch size", is: batchSize,
        wanted: "at most \(most), since dropout can number no more rows of "
          + "\(graph.columns[node.output]) columns")
    }
  }

  /// Refuses a scaling of inputs that changes numbers of categories.
  private func validateScalingOfCategories() throws(NetworkError) {
    for feature in inputs - embeddedColumns.count..<inputs {
      let (scale, offset) = (inputScaling.scale(of: feature), inputScaling.offset(of: feature))
      let center = inputScaling.center(of: feature)
      guard scale == 1, offset == 0, center == 0 else {
        throw .mismatch(
          "input \(feature + 1) is embedded, but scaled with center \(center), scale \(scale) and "
            + "offset \(offset); numbers of categories must stay as they are, with 0, 1 and 0")
      }
    }
  }

  /// Refuses sizes that are not positive, sizes beyond the range of an index, and invalid pairs of
  /// output and loss.
  public func validate() throws(NetworkError) {
    try require(inputs > 0, "the number of inputs", is: inputs, wanted: "positive")
    try require(!layers.isEmpty, "the number of layers", is: "0", wanted: "at least 1")
    _ = try layers.validate(inputs: inputs, prefix: "layer ")
    guard !denseShapes.isEmpty else {
      throw .mismatch("the network \(name) has no dense layer; it needs one to learn anything")
    }
    try inputScaling.validate(features: inputs)
    if let temperature, !(temperature > 0 && temperature.isFinite) {
      throw .invalid("the temperature", value: "\(temperature)", wanted: "positive and finite")
    }
    try validateScalingOfCategories()
    try loss.validate(outputActivation: outputActivation)
    try loss.validate(outputs: outputs, targetScaling: targetScaling)
  }
}
