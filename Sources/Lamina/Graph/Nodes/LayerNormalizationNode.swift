/// Layer normalisation of each row of `n` numbers: `x̂ = (x - μ) / √(σ² + ε)`, `y = γ x̂ + β`, with
/// the row's mean `μ` and variance `σ² = Σ (x - μ)² / n`, in training and at evaluation alike.
///
/// Backward, with `d = dJ/dy` and `g = γ d`: `dJ/dγ = Σ d x̂` and `dJ/dβ = Σ d` over the batch, and
/// `dJ/dx = (g - (Σ g + x̂ Σ g x̂) / n) / √(σ² + ε)` with sums over the row.
///
/// Source: Ba, Kiros and Hinton, "Layer normalization", 2016; as PyTorch's `nn.LayerNorm`.
struct LayerNormalizationNode: NodeOperation {
  /// The index among the network's normalisations.
  let number: Int
  let epsilon: Float

  var statistics: StatisticsCount { .oneARow }

  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    guard let rows = pass.statistics[node.output] else { return [] }
    return [
      .layerNormalization(
        pass.values[node.inputs[0]], pass.network.parameters.normalization[number], rows: rows,
        epsilon: epsilon, into: pass.values[node.output])
    ]
  }

  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    let input = node.inputs[0]
    guard let delta = pass.deltas[node.output], let rows = pass.statistics[node.output],
      let target = pass.deltas[input]
    else { return [] }
    return [
      .layerNormalizationDelta(
        delta, input: pass.values[input],
        scale: pass.network.parameters.normalization[number].scale, rows: rows, into: target,
        adding: pass.addsDelta(of: input, from: node))
    ]
  }

  func gradients<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    guard let delta = pass.deltas[node.output], let rows = pass.statistics[node.output] else {
      return []
    }
    return [
      .layerNormalizationGradients(
        delta, input: pass.values[node.inputs[0]], rows: rows, beta: pass.gradientBeta,
        into: pass.network.gradients.normalization[number])
    ]
  }
}
