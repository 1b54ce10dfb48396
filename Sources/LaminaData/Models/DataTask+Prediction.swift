package import Lamina

extension DataTask {
  /// What a network for this task says of examples whose outputs are given row by row.
  ///
  /// - Parameters:
  ///   - outputs: One row per example.
  ///   - network: The network that computed the outputs.
  ///   - thresholds: The probabilities above which labels, or the second of two classes, are
  ///     predicted.
  ///   - tellsProbabilities: Whether to compute probabilities of classes or labels.
  package func prediction(
    _ outputs: [Float], of network: NetworkDescription, thresholds: [Double],
    tellsProbabilities: Bool
  ) -> TaskPrediction {
    switch self {
    case .classification:
      .classes(
        outputs, of: network, thresholds: thresholds, tellsProbabilities: tellsProbabilities)
    case .multiLabel:
      .labels(
        outputs, of: network, thresholds: thresholds, tellsProbabilities: tellsProbabilities)
    case .regression: .values(outputs, of: network)
    case .autoEncoding: .inputs(outputs, of: network)
    }
  }
}
