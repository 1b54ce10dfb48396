/// `z = x · W + b`, `y = f(z)`; backward `dJ/dx = dJ/dz · Wᵀ`.
///
/// `dJ/dW = xᵀ · dJ/dz` and `dJ/db = Σ dJ/dz` over the batch come with the updates, after all
/// deltas: these need the weights of before.
struct DenseNode: NodeOperation {
  /// Which of the network's dense layers it is.
  let number: Int

  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) throws(BackendError) {
    let backend = pass.network.backend
    let (input, layer) = (pass.values[node.inputs[0]], pass.network.dense[number])
    let output = pass.values[node.output]
    guard let preactivation = pass.preactivations[node.output] else {
      return try backend.denseForward(input, layer, node.activation, into: output)
    }
    try backend.denseForward(input, layer, .identity, into: preactivation)
    try backend.activation(node.activation, of: preactivation, into: output)
  }

  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) throws(BackendError) {
    guard let delta = pass.deltas[node.output], let target = pass.deltas[node.inputs[0]] else {
      return
    }
    let backend = pass.network.backend
    let layer = pass.network.dense[number]
    if let activation = pass.fusableActivation(of: node.inputs[0]) {
      try backend.denseBackward(
        delta, layer, activation, input: pass.values[node.inputs[0]], into: target)
      pass.markComplete(node.inputs[0])
    } else {
      try backend.matmul(
        delta, layer.weights.transposed, beta: pass.hasDelta(node.inputs[0]) ? 1 : 0, into: target)
    }
    pass.markDelta(node.inputs[0])
  }
}
