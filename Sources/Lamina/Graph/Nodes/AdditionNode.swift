/// `y = a + b`, the end of a residual block; `dJ/da = dJ/db = dJ/dy`.
struct AdditionNode: NodeOperation {
  var passesDeltaOn: Bool { true }

  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    [.add(pass.values[node.inputs[0]], pass.values[node.inputs[1]], into: pass.values[node.output])]
  }

  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    // The skip connection comes first, because the other input can use the memory of this delta and
    // change it.
    node.inputs.indices.flatMap { pass.handDelta(of: node, toInput: $0) }
  }
}
