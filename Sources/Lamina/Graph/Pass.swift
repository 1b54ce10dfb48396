/// A pass of one batch through a network and back, as lists of operations.
///
/// The delta of a value is the derivative of the loss with respect to it. The last reader of the
/// value writes the delta, and the other readers add to it. Then it is multiplied by the derivative
/// of the activation of the node that computed the value.
struct Pass<B: Backend> {
  let network: Network<B>
  /// Whether this is a training pass. Dropout and batch normalisation depend on it.
  let isTraining: Bool
  /// The number of examples of the whole batch, of which this pass can be a part. A mean over the
  /// batch divides by this number.
  let batchSize: Int
  /// The factor of the old content of the gradients. It is the momentum if the gradients accumulate
  /// in the velocity; otherwise it is 0 for the first part of a batch and 1 for the other parts.
  let gradientBeta: Float
  /// The batch, then the value of each node.
  let values: [Matrix<B>]
  /// The input of the activation of each node, where its derivative needs that.
  let preactivations: [Matrix<B>?]
  /// The deltas of the values. The batch has none, and outside of training only the output has one.
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
    let reduction = description.reduction
    let terms = description.loss.terms(outputs: description.outputs)
    return .loss(
      Operation.LossEvaluation(
        loss: description.loss,
        activation: graph.lossTakesDerivative ? graph.outputActivation : .identity,
        outputs: values[output], targets: data.targets, weights: data.weights, batch: batch,
        lossScale: reduction.lossScale(terms: terms),
        deltaScale: reduction.deltaScale(terms: terms, batchSize: batchSize), delta: delta,
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

  /// Writes the delta of a node's value to one of its inputs, or adds it.
  ///
  /// - Parameter place: The index of the input. Inputs must be handled in order.
  func handDelta(of node: Graph.Node, toInput place: Int = 0) -> [Operation<B>] {
    let input = node.inputs[place]
    guard let delta = deltas[node.output], let target = deltas[input],
      !graph.sharesDelta(node.output, input)
    else { return [] }
    // An empty residual block adds a value to itself.
    return addsDelta(of: input, from: node) || node.inputs[..<place].contains(input)
      ? [.add(target, delta, into: target)] : [.activation(.identity, of: delta, into: target)]
  }
}

extension Graph {
  /// The activation of the last node.
  var outputActivation: Activation { producer(of: output)?.activation ?? .identity }

  /// Whether the loss includes the derivative of the output activation. It does if the derivative
  /// can be computed from the outputs.
  var lossTakesDerivative: Bool { outputActivation.derivativeSource == .output }

  /// Whether two values have their deltas in the same memory: a node passes its delta on, and
  /// nothing else reads its input.
  func sharesDelta(_ value: Int, _ input: Int) -> Bool {
    guard let node = producer(of: value), node.operation.passesDeltaOn, input != 0 else {
      return false
    }
    return node.inputs.last == input && consumers(of: input) == 1
  }
}
