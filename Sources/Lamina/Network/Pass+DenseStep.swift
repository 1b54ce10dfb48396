extension Pass {
  /// The whole step, where nothing but dense layers, a loss and plain momentum belong to it; nil for
  /// all others.
  func denseStep(
    _ batch: BatchIndices<B>, of data: DeviceDataset<B>, _ update: ParameterUpdate<B>,
    part: BatchPart
  ) -> DenseStep<B>? {
    guard let rule = update.plainRule(part), lossIncludesDerivative,
      preactivations.allSatisfy({ $0 == nil })
    else { return nil }
    var layers: [DenseStep<B>.Layer] = []
    for node in network.graph.nodes {
      guard node.operation is DenseNode, let update = denseUpdate(node) else { return nil }
      layers.append(.init(update, node.activation, output: values[node.output]))
    }
    return DenseStep(
      examples: data.examples, scaling: network.inputScaling, layers: layers,
      loss: lossRequest(batch, data), parameters: network.parameters.allDense,
      velocity: network.gradients.allDense, rule: rule)
  }
}
