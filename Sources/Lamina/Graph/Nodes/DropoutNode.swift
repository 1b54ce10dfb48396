/// Inverted dropout: in training `y = m x / (1 - rate)`, where `m` is 0 with the probability `rate`
/// and 1 otherwise; `dJ/dx = m dJ/dy / (1 - rate)`. At evaluation `y = x`.
///
/// The backward pass computes the same mask again (``DropoutMask``).
///
/// Source: Srivastava et al., "Dropout", JMLR 2014; as PyTorch's `nn.Dropout`.
struct DropoutNode: NodeOperation {
  /// The index among the network's dropout layers.
  let number: Int
  let rate: Float

  var passesDeltaOn: Bool { true }
  var passesValueOn: Bool { true }

  func rowLimit(columns: Int) -> Int? { (1 << 32) / ((columns + 3) / 4) }

  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    let (input, output) = (pass.values[node.inputs[0]], pass.values[node.output])
    if pass.isTraining { return [.dropout(input, mask(pass), into: output)] }
    // Training buffers can be used for evaluation. They do not share memory, so the value is
    // copied.
    return input.isSame(as: output) ? [] : [.activation(.identity, of: input, into: output)]
  }

  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    let input = node.inputs[0]
    guard let delta = pass.deltas[node.output], let target = pass.deltas[input] else { return [] }
    return [
      .dropout(delta, mask(pass), into: target, adding: pass.addsDelta(of: input, from: node))
    ]
  }

  private func mask<B: Backend>(_ pass: Pass<B>) -> DropoutMask {
    DropoutMask(rate: rate, seed: pass.seed, stream: RandomStream.dropout(layer: number).number)
  }
}
