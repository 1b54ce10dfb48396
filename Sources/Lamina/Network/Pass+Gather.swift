extension Pass {
  /// Gathers the batch. A dense layer at the beginning is one operation with that, unless it is at
  /// the end too and belongs to the loss.
  func gather(
    _ batch: BatchIndices<B>, of examples: Examples<B>
  ) throws(BackendError) {
    let (backend, nodes, scaling) = (network.backend, network.graph.nodes, network.inputScaling)
    guard nodes.count > 1, let dense = nodes[0].operation as? DenseNode,
      preactivations[nodes[0].output] == nil
    else {
      return try backend.gather(batch, of: examples, scaling: scaling, into: values[0])
    }
    try backend.inputLayer(
      InputLayer(
        batch: batch, examples: examples, scaling: scaling, input: values[0],
        parameters: network.dense[dense.number], activation: nodes[0].activation,
        output: values[nodes[0].output]))
    firstNodeIsDone = true
  }
}
