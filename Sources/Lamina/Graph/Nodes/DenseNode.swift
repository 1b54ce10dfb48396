/// `z = x · W + b`, `y = f(z)`; backward `dJ/dx = dJ/dz · Wᵀ`.
///
/// The updates compute `dJ/dW = xᵀ · dJ/dz` and `dJ/db = Σ dJ/dz` over the batch. They come after
/// all deltas, which need the old weights.
struct DenseNode: NodeOperation {
  /// The index among the network's dense layers.
  let number: Int

  var hasPreactivation: Bool { true }

  func multiplications(inputs: Int, outputs: Int) -> Int { inputs * outputs }

  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    let (input, layer) = (pass.values[node.inputs[0]], pass.network.dense[number])
    let output = pass.values[node.output]
    guard let preactivation = pass.preactivations[node.output] else {
      return .dense(input, layer, node.activation, into: output)
    }
    return .dense(input, layer, .identity, into: preactivation)
      + [.activation(node.activation, of: preactivation, into: output)]
  }

  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    let input = node.inputs[0]
    guard let delta = pass.deltas[node.output], let target = pass.deltas[input] else { return [] }
    let beta: Float = pass.addsDelta(of: input, from: node) ? 1 : 0
    let weights = pass.network.dense[number].weights
    return [.matmul(delta, weights.transposed, beta: beta, into: target)]
  }

  func gradients<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    guard let delta = pass.deltas[node.output] else { return [] }
    return .denseGradients(
      pass.values[node.inputs[0]], delta, beta: pass.gradientBeta,
      into: pass.network.gradients.dense[number])
  }
}

extension Array {
  /// `output = f(input · weights + bias)`.
  public static func dense<B: Backend>(
    _ input: Matrix<B>, _ layer: DenseParameters<B>, _ activation: Activation,
    into output: Matrix<B>
  ) -> [Operation<B>] where Element == Operation<B> {
    [
      .matmul(input, layer.weights, into: output),
      .activation(activation, of: output, bias: layer.bias, into: output),
    ]
  }

  /// `gradients = beta · gradients + inputᵀ · delta`, for biases the sums of `delta`.
  public static func denseGradients<B: Backend>(
    _ input: Matrix<B>, _ delta: Matrix<B>, beta: Float = 0, into gradients: DenseParameters<B>
  ) -> [Operation<B>] where Element == Operation<B> {
    [
      .matmul(input.transposed, delta, beta: beta, into: gradients.weights),
      .columnSums(of: delta, beta: beta, into: gradients.bias),
    ]
  }
}
