/// One batch on its way through a network and back, as lists of operations.
///
/// The delta of a value is the derivative of the loss by it. The last of its readers writes it,
/// the others add to it; then the derivative of the activation of the value's own node is
/// multiplied into it.
struct Pass<B: Backend> {
  let network: Network<B>
  /// True if the pass is one of training; dropout and batch normalisation differ without.
  let isTraining: Bool
  /// The number of examples of the whole batch, of which this pass may be a part: what a mean over
  /// the batch divides by.
  let batchSize: Int
  /// Gradients are added to what their memory holds times this: the momentum where they add up to
  /// the velocity, else 0 for the first part of a batch and 1 for the others.
  let gradientBeta: Float
  /// The batch, then the value of each node.
  let values: [Matrix<B>]
  /// The input of the activation of each node, where its derivative needs that.
  let preactivations: [Matrix<B>?]
  /// The deltas of the values; nil for the batch, and outside of training for all but the output.
  let deltas: [Matrix<B>?]
  /// The statistics of normalisations, by the number of the value that they make.
  let statistics: [NormalizationStatistics<B>?]
  /// The sums of losses and hits.
  let meter: Meter<B>
  /// Names the random numbers of dropout.
  let seed: UInt64

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

  private var graph: Graph { network.graph }

  /// From the examples to the output.
  func forward(_ batch: BatchIndices<B>, of examples: Examples<B>) -> [Operation<B>] {
    [.gather(batch, of: examples, scaling: network.inputScaling, into: values[0])]
      + graph.nodes.flatMap { $0.operation.forward($0, in: self) }
  }

  /// The loss of the output, with the delta of that.
  func loss(_ batch: BatchIndices<B>, of data: DeviceDataset<B>) -> Operation<B> {
    let (description, output) = (network.description, graph.output)
    guard let delta = deltas[output] else { preconditionFailure("no delta of the output") }
    let (columns, reduction) = (description.outputs, description.reduction)
    return .loss(
      Operation.LossEvaluation(
        loss: description.loss,
        activation: graph.lossTakesDerivative ? graph.outputActivation : .identity,
        outputs: values[output], targets: data.targets, weights: data.weights, batch: batch,
        lossScale: reduction.lossScale(outputs: columns),
        deltaScale: reduction.deltaScale(outputs: columns, batchSize: batchSize), delta: delta,
        meter: meter))
  }

  /// From the delta of the output to those of all other values.
  func backward() -> [Operation<B>] {
    graph.nodes.reversed().flatMap { node in
      activationDelta(of: node) + node.operation.backward(node, in: self)
    }
  }

  /// The gradients of all parameters, from the last layer to the first.
  func gradients() -> [Operation<B>] {
    graph.nodes.reversed().flatMap { $0.operation.gradients($0, in: self) }
  }

  private func activationDelta(of node: Graph.Node) -> [Operation<B>] {
    guard let delta = deltas[node.output], node.activation != .identity,
      node.output != graph.output || !graph.lossTakesDerivative
    else { return [] }
    let saved =
      switch node.activation.derivativeSource {
      case .output: values[node.output]
      case .preactivation: preactivations[node.output] ?? values[node.inputs[0]]
      }
    return [.activationDelta(node.activation, saved: saved, on: delta)]
  }

  /// True if another reader of `value` has written its delta before `node` does.
  func addsDelta(of value: Int, from node: Graph.Node) -> Bool {
    graph.nodes.contains { $0.output > node.output && $0.inputs.contains(value) }
  }

  /// Adds the delta of a node's value to that of one of its inputs, or makes it that one.
  ///
  /// - Parameter place: The index of the input. Inputs get the delta in order.
  func handDelta(of node: Graph.Node, toInput place: Int = 0) -> [Operation<B>] {
    let input = node.inputs[place]
    guard let delta = deltas[node.output], let target = deltas[input],
      !graph.sharesDelta(node.output, input)
    else { return [] }
    // A block of nothing adds a value to itself.
    return addsDelta(of: input, from: node) || node.inputs[..<place].contains(input)
      ? [.add(target, delta, into: target)] : [.activation(.identity, of: delta, into: target)]
  }
}

extension Graph {
  /// The activation of the last node.
  var outputActivation: Activation { producer(of: output)?.activation ?? .identity }

  /// A loss knows the derivatives of output activations that follow from outputs; others come
  /// after it.
  var lossTakesDerivative: Bool { outputActivation.derivativeSource == .output }

  /// True if two values have their deltas in the same memory: one node hands on its delta, and
  /// nothing else reads its input.
  func sharesDelta(_ value: Int, _ input: Int) -> Bool {
    guard let node = producer(of: value), node.operation.passesDeltaOn, input != 0 else {
      return false
    }
    return node.inputs.last == input && consumers(of: input) == 1
  }
}
