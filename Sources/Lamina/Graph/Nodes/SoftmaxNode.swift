/// `y = softmax(x)` over the columns of each example, or its logarithm.
struct SoftmaxNode: NodeOperation {
  let isLogarithmic: Bool

  var passesDeltaOn: Bool { true }

  var rowActivation: Activation? { isLogarithmic ? .logSoftmax : .softmax }

  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    [
      .softmax(
        of: pass.values[node.inputs[0]], isLogarithmic: isLogarithmic,
        into: pass.values[node.output])
    ]
  }

  /// Multiplies by the whole Jacobian: `∂y_j/∂x_k = y_j (δ_jk - y_k)`, or `δ_jk - e^y_k` for the
  /// logarithm.
  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    guard let delta = pass.deltas[node.output] else { return [] }
    return [
      .softmaxDelta(outputs: pass.values[node.output], isLogarithmic: isLogarithmic, on: delta)
    ] + pass.handDelta(of: node)
  }
}
