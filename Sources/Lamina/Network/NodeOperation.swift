/// What a node of a network's graph computes, forward and backward.
protocol NodeOperation: Sendable {
  /// Makes the value of `node`, its activation included.
  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) throws(BackendError)
  /// Makes or adds to the deltas of the node's inputs. The delta of its own value is complete: the
  /// derivative of the loss by what the activation was applied to.
  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) throws(BackendError)
  /// Whether the delta of an input that nothing else reads is the delta of the output, as it is.
  var passesDeltaOn: Bool { get }
  /// Whether outside of training its value is its input, as it is.
  var passesValueOn: Bool { get }
  /// How many statistics training keeps from forward to backward.
  var statistics: StatisticsCount { get }
}

/// How many pairs of mean and inverse deviation a node keeps.
enum StatisticsCount {
  case none
  case oneAColumn
  case oneARow
}

extension NodeOperation {
  var passesDeltaOn: Bool { false }
  var passesValueOn: Bool { false }
  var statistics: StatisticsCount { .none }
}
