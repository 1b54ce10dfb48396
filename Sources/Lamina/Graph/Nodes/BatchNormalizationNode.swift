/// Batch normalisation of the columns of a batch of `n` rows: `x̂ = (x - μ) / √(σ² + ε)`, `y = γ x̂
/// + β`, with the mean `μ` and the variance `σ² = Σ (x - μ)² / n` of each column.
///
/// Backward, with `d = dJ/dy`: `dJ/dγ = Σ d x̂`, `dJ/dβ = Σ d`, and `dJ/dx = γ / √(σ² + ε) · (d -
/// (dJ/dβ + x̂ dJ/dγ) / n)`.
///
/// Evaluation uses the running mean and variance instead of those of the batch. A training step
/// updates them: `running = (1 - momentum) running + momentum batch`, with the unbiased variance `Σ
/// (x - μ)² / (n - 1)`. A batch of one row has no such variance: it leaves the running variance
/// unchanged, and its `x̂` is 0.
///
/// Source: Ioffe and Szegedy, "Batch normalization", ICML 2015; as PyTorch's `nn.BatchNorm1d`.
struct BatchNormalizationNode: NodeOperation {
  /// The index among the network's normalisations.
  let number: Int
  /// The index of its running statistics in the network.
  let running: Int
  let momentum, epsilon: Float

  var statistics: StatisticsCount { .oneAColumn }

  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    let (input, output) = (pass.values[node.inputs[0]], pass.values[node.output])
    let layer = pass.network.parameters.normalization[number]
    let running = pass.network.runningStatistics[running]
    guard pass.isTraining, let batch = pass.statistics[node.output] else {
      return [.normalize(input, by: running, layer, epsilon: epsilon, into: output)]
    }
    return [
      .batchNormalization(
        input, layer, batch: batch, running: running, momentum: momentum, epsilon: epsilon,
        into: output)
    ]
  }

  /// With the gradients, which need the same sums.
  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    let input = node.inputs[0]
    guard let delta = pass.deltas[node.output], let batch = pass.statistics[node.output] else {
      return []
    }
    let network = pass.network
    return [
      .batchNormalizationDelta(
        delta, input: pass.values[input], scale: network.parameters.normalization[number].scale,
        batch: batch, gradients: network.gradients.normalization[number], beta: pass.gradientBeta,
        into: pass.deltas[input], adding: pass.addsDelta(of: input, from: node))
    ]
  }
}
