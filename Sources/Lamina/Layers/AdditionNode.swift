/// `y = a + b`, the end of a residual block; `dJ/da = dJ/db = dJ/dy`.
struct AdditionNode: NodeOperation {
  var passesDeltaOn: Bool { true }

  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) throws(BackendError) {
    try pass.network.backend.add(
      pass.values[node.inputs[0]], pass.values[node.inputs[1]], into: pass.values[node.output])
  }

  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) throws(BackendError) {
    // The skipped way first: the other may be the same memory as this delta, and change it.
    for input in node.inputs { try pass.contribute(node.output, to: input) }
  }
}
