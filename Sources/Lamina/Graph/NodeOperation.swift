/// The operation of a node of a network's graph, which emits plain operations forward and backward.
protocol NodeOperation: Sendable {
  /// Makes the value of `node`, its activation included.
  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>]
  /// Computes the deltas of the node's inputs, or adds to them. The delta of its own value is
  /// complete: it is the derivative of the loss with respect to the argument of the activation.
  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>]
  /// Makes the gradients of the node's parameters, once all deltas are there.
  func gradients<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>]

  /// True if the delta of an input that nothing else reads is the delta of the output, as it is.
  var passesDeltaOn: Bool { get }
  /// True if its value outside of training is its input, as it is.
  var passesValueOn: Bool { get }
  /// Whether the argument of its activation is not the value of another node. Training then keeps
  /// the argument if the derivative needs it.
  var hasPreactivation: Bool { get }
  /// The statistics that training keeps from forward to backward.
  var statistics: StatisticsCount { get }
  /// The function of whole rows that it computes; nil for other nodes.
  var rowActivation: Activation? { get }
  /// Multiplications of a forward pass for each example.
  func multiplications(inputs: Int, outputs: Int) -> Int
  /// The largest number of rows in a batch; nil for no limit.
  func rowLimit(columns: Int) -> Int?
}

/// The number of pairs of mean and inverse deviation that a node keeps.
enum StatisticsCount {
  case none
  case oneAColumn
  case oneARow
}

extension NodeOperation {
  func gradients<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] { [] }
  var passesDeltaOn: Bool { false }
  var passesValueOn: Bool { false }
  var hasPreactivation: Bool { false }
  var statistics: StatisticsCount { .none }
  var rowActivation: Activation? { nil }
  func multiplications(inputs: Int, outputs: Int) -> Int { 0 }
  func rowLimit(columns: Int) -> Int? { nil }
}
