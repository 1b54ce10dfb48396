/// One training step for batches of one size, recorded once and run as often as wanted.
///
/// The sequence: gather the batch; forward through the network; loss with the delta of its output;
/// deltas of all other values, from the last to the first (none for the inputs); then all updates.
/// The deltas come before the updates because they need the weights of before, and because work
/// that is split over the batch then stands together, and work that is split over the weights too.
///
/// A batch may be cut into parts that go through all of this one after the other, their gradients
/// being added up, with one update at the end: large batches then need the memory of a part alone.
public final class TrainingStep<B: Backend> {
  private let backend: B
  /// Each part's place in the batch and its recording.
  public let parts: [(start: Int, prepared: B.Prepared)]

  /// Records the step.
  ///
  /// - Parameters:
  ///   - batch: The rows of a batch.
  ///   - data: The training set on the device.
  ///   - buffers: For at least as many rows as a part has.
  ///   - update: What becomes of the gradients; shared by the steps of a training.
  ///   - accumulation: Into how many parts the batch is cut.
  ///   - seed: Names what dropout drops.
  public init(
    _ network: Network<B>, batch: BatchIndices<B>, data: DeviceDataset<B>,
    buffers: BatchBuffers<B>, update: ParameterUpdate<B>, accumulation: Int = 1, seed: UInt64 = 0
  ) throws(BackendError) {
    let backend = network.backend
    self.backend = backend
    var parts: [(start: Int, prepared: B.Prepared)] = []
    for part in BatchPart.parts(of: batch.count, count: accumulation) {
      // All parts between the first and the last are the same sequence.
      if parts.count > 1, !part.isLast {
        parts.append((part.start, parts[1].prepared))
      } else {
        parts.append(
          (
            part.start,
            try Self.prepare(network, part, batch.indices, data, buffers, update, seed: seed)
          ))
      }
    }
    self.parts = parts
  }

  /// Records a step with an update of its own.
  public convenience init(
    _ network: Network<B>, batch: BatchIndices<B>, data: DeviceDataset<B>,
    buffers: BatchBuffers<B>, rule: UpdateRule, seed: UInt64 = 0
  ) throws(BackendError) {
    try self.init(
      network, batch: batch, data: data, buffers: buffers,
      update: ParameterUpdate(rule, of: network), seed: seed)
  }

  private static func prepare(
    _ network: Network<B>, _ part: BatchPart, _ indices: Indices<B>, _ data: DeviceDataset<B>,
    _ buffers: BatchBuffers<B>, _ update: ParameterUpdate<B>, seed: UInt64
  ) throws(BackendError) -> B.Prepared {
    let backend = network.backend
    let batch = BatchIndices(indices, count: part.count)
    let pass = Pass(
      network, buffers, rows: part.count, isTraining: true, batchSize: part.batchSize,
      gradientBeta: update.gradientBeta(part), seed: seed)
    let denseStep = pass.denseStep(batch, of: data, update, part: part)
    return try backend.prepare { () throws(BackendError) in
      if let denseStep, try backend.denseStep(denseStep) { return }
      try pass.gather(batch, of: data.examples)
      try pass.forward(toLossOf: batch, of: data)
      try pass.backward()
      try update.enqueue(pass.denseUpdates, part: part)
    }
  }

  /// Runs the step; returns before the device has.
  public func run(_ arguments: StepArguments) throws(BackendError) {
    for part in parts {
      var arguments = arguments
      arguments.firstIndex += part.start
      arguments.rowOffset += part.start
      try backend.run(part.prepared, with: arguments)
    }
  }
}

extension Pass {
  /// What the updates of the dense layers read and change, from the last layer to the first.
  var denseUpdates: [DenseUpdate<B>] {
    network.graph.nodes.reversed().compactMap(denseUpdate)
  }

  /// The same of one node; nil where that is no dense layer.
  func denseUpdate(_ node: Graph.Node) -> DenseUpdate<B>? {
    guard let dense = node.operation as? DenseNode, let delta = deltas[node.output] else {
      return nil
    }
    return DenseUpdate(
      input: values[node.inputs[0]], delta: delta,
      parameters: network.parameters.dense[dense.number],
      velocity: network.gradients.dense[dense.number])
  }
}

/// A data set in the memory of a backend.
public struct DeviceDataset<B: Backend> {
  /// The inputs.
  public let examples: Examples<B>
  /// The right answers.
  public let targets: LossRequest<B>.Targets
  /// What the loss of each example is multiplied by; nil for 1.
  public let weights: Vector<B>?

  /// Uploads a data set with the targets as the network that `description` describes is to see
  /// them; images stay one byte a pixel.
  ///
  /// - Precondition: the network fits the data set.
  public init(
    _ dataset: Dataset, for description: NetworkDescription, on backend: B
  ) throws(BackendError) {
    examples = try backend.makeExamples(dataset, for: description.inputScaling)
    targets = try backend.makeTargets(
      dataset, inputScaling: description.inputScaling, targetScaling: description.targetScaling)
    weights = try dataset.weights.map(backend.makeVector)
  }
}
