/// One batch on its way through a network and back.
///
/// The delta of a value starts as the derivative of the loss by the value, written by the first of
/// its readers and added to by others. It is complete when the derivative of the activation of its
/// node has been multiplied into it as well; some operations do so while they write it.
final class Pass<B: Backend> {
  let network: Network<B>
  /// Whether the pass is one of training; dropout and batch normalisation differ without.
  let isTraining: Bool
  /// The number of examples of the whole batch, of which this pass may be a part: what a mean over
  /// the batch divides by.
  let batchSize: Int
  /// What operations multiply the old content of the network's gradients by before they add to it:
  /// the momentum where gradients add up to the velocity, else 0 for the first part of a batch and
  /// 1 for the others.
  let gradientBeta: Float
  /// The batch, then what each node makes.
  let values: [Matrix<B>]
  /// What the activation of a node was applied to, where its derivative needs that.
  let preactivations: [Matrix<B>?]
  /// The deltas of the values; nil for the batch, and outside of training for all but the output.
  let deltas: [Matrix<B>?]
  /// What normalisations subtract and multiply by, by the number of the value that they make.
  let statistics: [NormalizationStatistics<B>?]
  /// Where losses and hits add up.
  let meter: Meter<B>
  /// Names the random numbers of dropout.
  let seed: UInt64

  private var withDelta: Set<Int> = []
  /// Whether the first node has gone forward, with the gathering of the batch.
  var firstNodeIsDone = false
  /// Whether the last node has gone backward, with the loss.
  var lastNodeIsDone = false
  private var complete: Set<Int> = []

  /// A pass of `rows` examples, which are a whole batch unless told otherwise.
  init(
    _ network: Network<B>, _ buffers: BatchBuffers<B>, rows: Int, isTraining: Bool,
    batchSize: Int? = nil, gradientBeta: Float = 0, seed: UInt64 = 0
  ) {
    self.network = network
    self.isTraining = isTraining
    self.batchSize = batchSize ?? rows
    self.gradientBeta = gradientBeta
    self.seed = seed
    statistics = buffers.statistics
    meter = buffers.meter
    values = buffers.values.map { $0.prefix(rows: rows) }
    preactivations = buffers.preactivations.map { $0?.prefix(rows: rows) }
    deltas = buffers.deltas.map { $0?.prefix(rows: rows) }
  }

  /// From the batch to the output.
  func forward() throws(BackendError) {
    for node in nodesToCome { try node.operation.forward(node, in: self) }
  }

  /// Those that have not gone forward with the gathering.
  var nodesToCome: ArraySlice<Graph.Node> {
    network.graph.nodes.dropFirst(firstNodeIsDone ? 1 : 0)
  }

  /// From the delta of the output to those of all other values.
  func backward() throws(BackendError) {
    for node in network.graph.nodes.dropLast(lastNodeIsDone ? 1 : 0).reversed() {
      try completeDelta(of: node)
      try node.operation.backward(node, in: self)
    }
  }

  // MARK: What operations say of deltas

  /// Whether a reader has written the delta of a value, so that others add to it.
  func hasDelta(_ value: Int) -> Bool { withDelta.contains(value) }

  /// The delta of a value has been written.
  func markDelta(_ value: Int) { withDelta.insert(value) }

  /// The derivative of the activation has been multiplied into the delta of a value.
  func markComplete(_ value: Int) { complete.insert(value) }

  /// The activation of a value's node, where the one reader of the value may multiply its
  /// derivative into the delta while it writes it.
  func fusableActivation(of value: Int) -> Activation? {
    guard let producer = network.graph.producer(of: value),
      producer.activation.derivativeSource == .output, network.graph.consumers(of: value) == 1
    else { return nil }
    return producer.activation
  }

  /// Adds the delta of `value` to that of `input`, or makes it that one.
  func contribute(_ value: Int, to input: Int) throws(BackendError) {
    guard let delta = deltas[value], let target = deltas[input] else { return }
    if network.graph.sharesDelta(value, input) {
      // The same memory.
    } else if hasDelta(input) {
      try network.backend.add(target, delta, into: target)
    } else {
      try network.backend.activation(.identity, of: delta, into: target)
    }
    markDelta(input)
  }

  private func completeDelta(of node: Graph.Node) throws(BackendError) {
    guard let delta = deltas[node.output], !complete.contains(node.output),
      node.activation != .identity
    else { return }
    let saved: Matrix<B>
    switch node.activation.derivativeSource {
    case .output: saved = values[node.output]
    case .preactivation: saved = preactivations[node.output] ?? values[node.inputs[0]]
    }
    try network.backend.activationDelta(node.activation, saved: saved, on: delta)
    markComplete(node.output)
  }
}

extension Graph {
  /// Whether two values have their deltas in the same memory: one node hands on what it gets, and
  /// nothing else reads its input.
  func sharesDelta(_ value: Int, _ input: Int) -> Bool {
    guard let node = producer(of: value), node.operation.passesDeltaOn, input != 0 else {
      return false
    }
    return node.inputs.last == input && consumers(of: input) == 1
  }
}
