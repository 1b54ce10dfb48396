/// The end of a maxout layer: `y_j = max_p z_pj` over its pieces. Column `p · outputs + j` of the
/// input is `z_pj`, a linear function that a dense node computes.
///
/// Backward, the winning piece gets the whole delta, and the others get zero. The first of equal
/// pieces wins. A NaN wins, so that it stays visible.
///
/// Source: Goodfellow et al., "Maxout networks", ICML 2013.
struct MaxoutNode: NodeOperation {
  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    [.maxout(pass.values[node.inputs[0]], into: pass.values[node.output])]
  }

  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    let input = node.inputs[0]
    // No other node reads the linear functions.
    guard let delta = pass.deltas[node.output], let target = pass.deltas[input] else { return [] }
    return [.maxoutDelta(delta, input: pass.values[input], into: target)]
  }
}
