/// `y = f(x)`. Its delta becomes `dJ/dx` when it is multiplied by the derivative of `f`.
struct ActivationNode: NodeOperation {
  var passesDeltaOn: Bool { true }

  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    [.activation(node.activation, of: pass.values[node.inputs[0]], into: pass.values[node.output])]
  }

  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    pass.handDelta(of: node)
  }
}
