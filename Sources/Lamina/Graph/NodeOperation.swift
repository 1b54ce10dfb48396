/// The operation of a node of a network's graph, which emits plain operations forward and backward.
protocol NodeOperation: Sendable {
  /// Makes the value of `node`, its activation included.
  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>]
  /// Makes or adds to the deltas of the node's inputs. The delta of its own value is complete: the
  /// derivative of the loss by what the activation was applied to.
  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>]
  /// Makes the gradients of the node's parameters, once all deltas are there.
  func gradients<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>]

  /// True if the delta of an input that nothing else reads is the delta of the output, as it is.
  var passesDeltaOn: Bool { get }
  /// True if its value outside of training is its input, as it is.
  var passesValueOn: Bool { get }
  /// True if its activation is applied to numbers that are not another node's value: training then
  /// keeps these where the derivative needs them.
  var hasPreactivation: Bool { get }
  /// The statistics that training keeps from forward to backward.
  var statistics: StatisticsCount { get }
  /// The function of whole rows that it is; nil for others.
  var rowActivation: Activation? { get }
  /// Multiplications of a forward pass for each example.
  func multiplications(inputs: Int, outputs: Int) -> Int
  /// The most rows of a batch that it can number; nil for no limit.
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
