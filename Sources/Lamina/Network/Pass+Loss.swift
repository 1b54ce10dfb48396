extension Pass {
  /// From the batch to the loss of the output and the delta of that. A dense layer at the end is
  /// one operation with the loss, forward and backward, where that needs outputs alone.
  func forward(
    toLossOf batch: BatchIndices<B>, of data: DeviceDataset<B>
  ) throws(BackendError) {
    let graph = network.graph
    let request = lossRequest(batch, data)
    if let last = graph.nodes.last, let layer = outputLayer(last, request) {
      for node in nodesToCome.dropLast() { try node.operation.forward(node, in: self) }
      try network.backend.outputLayer(layer)
      if layer.inputDelta != nil {
        markDelta(last.inputs[0])
        markComplete(last.inputs[0])
      }
      lastNodeIsDone = true
    } else {
      try forward()
      try network.backend.loss(request)
    }
    markDelta(graph.output)
    if lossIncludesDerivative { markComplete(graph.output) }
  }

  private var outputActivation: Activation {
    network.graph.producer(of: network.graph.output)?.activation ?? .identity
  }

  /// A loss knows the derivatives that follow from outputs; others come after it.
  var lossIncludesDerivative: Bool { outputActivation.derivativeSource == .output }

  func lossRequest(
    _ batch: BatchIndices<B>, _ data: DeviceDataset<B>
  ) -> LossRequest<B> {
    let (description, output) = (network.description, network.graph.output)
    guard let delta = deltas[output] else { preconditionFailure("no delta of the output") }
    let (columns, reduction) = (description.outputs, description.reduction)
    return LossRequest(
      loss: description.loss, activation: lossIncludesDerivative ? outputActivation : .identity,
      outputs: values[output], targets: data.targets, weights: data.weights, batch: batch,
      lossScale: reduction.lossScale(outputs: columns),
      deltaScale: reduction.deltaScale(outputs: columns, batchSize: batchSize), delta: delta,
      meter: meter)
  }

  /// The last node and the loss as one; nil where that is no dense layer, or something has to be
  /// done between its parts or along with them.
  private func outputLayer(_ node: Graph.Node, _ loss: LossRequest<B>) -> OutputLayer<B>? {
    guard let dense = node.operation as? DenseNode, preactivations[node.output] == nil else {
      return nil
    }
    let input = node.inputs[0]
    var inputDelta: OutputLayer<B>.InputDelta?
    if let delta = deltas[input] {
      guard let activation = fusableActivation(of: input) else { return nil }
      inputDelta = .init(activation, delta: delta)
    }
    return OutputLayer(
      input: values[input], parameters: network.dense[dense.number], loss: loss,
      inputDelta: inputDelta)
  }
}
