/// What a node of a network's graph computes, forward and backward.
protocol NodeOperation: Sendable {
  /// Makes the value of `node`, its activation included.
  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) throws(BackendError)
  /// Makes or adds to the deltas of the node's inputs. The delta of its own value is complete: the
  /// derivative of the loss by what the activation was applied to.
  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) throws(BackendError)
  /// Whether the delta of an input that nothing else reads is the delta of the output, as it is.
  var passesDeltaOn: Bool { get }
}

extension NodeOperation {
  var passesDeltaOn: Bool { false }
}
