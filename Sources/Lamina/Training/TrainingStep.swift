/// One training step for batches of one size, recorded once and run as often as wanted.
///
/// The sequence: gather the batch; forward through the network; loss with the delta of its output;
/// deltas of all other values, from the last to the first (none for the inputs); then all updates.
/// The deltas come before the updates because they need the weights of before, and because work
/// that is split over the batch then stands together, and work that is split over the weights too.
public final class TrainingStep<B: Backend> {
  private let backend: B
  /// The recording.
  public let prepared: B.Prepared

  /// Records the step.
  ///
  /// - Parameters:
  ///   - batch: The rows of a batch; the buffers hold at least as many.
  ///   - data: The training set on the device.
  ///   - seed: Names what dropout drops.
  public init(
    _ network: Network<B>, batch: BatchIndices<B>, data: DeviceDataset<B>,
    buffers: BatchBuffers<B>, rule: SGD, seed: UInt64 = 0
  ) throws(BackendError) {
    let backend = network.backend
    self.backend = backend
    let pass = Pass(
      network, buffers, rows: batch.count, isTraining: true, gradientBeta: rule.momentum, seed: seed
    )
    prepared = try backend.prepare { () throws(BackendError) in
      try backend.gather(
        batch, of: data.examples, scaling: network.description.inputScaling, into: pass.values[0])
      try pass.forward()
      try pass.evaluateLoss(batch: batch, targets: data.targets, meter: buffers.meter)
      try pass.backward()
      try network.enqueueUpdates(pass.denseUpdates, rule: rule)
    }
  }

  /// Runs the step; returns before the device has.
  public func run(_ arguments: StepArguments) throws(BackendError) {
    try backend.run(prepared, with: arguments)
  }
}

extension Network {
  /// Changes all parameters: those of dense layers with their gradients, which come first, those of
  /// normalisations with the gradients that the backward pass has made.
  fileprivate func enqueueUpdates(
    _ updates: [DenseUpdate<B>], rule: SGD
  ) throws(BackendError) {
    try backend.denseUpdates(
      updates, parameters: parameters.allDense, velocity: gradients.allDense, rule: rule)
    if let parameters = parameters.allNormalization, let velocity = gradients.allNormalization {
      try backend.update(parameters, velocity: velocity, rule: rule)
    }
  }
}

extension Pass {
  /// The loss of the output and its delta.
  func evaluateLoss(
    batch: BatchIndices<B>, targets: LossRequest<B>.Targets, meter: Meter<B>
  ) throws(BackendError) {
    let (description, graph) = (network.description, network.graph)
    guard let delta = deltas[graph.output] else { return }
    // A loss knows the derivatives that follow from outputs; others come after it.
    let activation = description.outputActivation
    let includesDerivative = activation.derivativeSource == .output
    try network.backend.loss(
      LossRequest(
        loss: description.loss, activation: includesDerivative ? activation : .identity,
        outputs: values[graph.output], targets: targets, batch: batch,
        deltaScale: description.reduction == .mean ? 1 / Float(batch.count) : 1, delta: delta,
        meter: meter))
    markDelta(graph.output)
    if includesDerivative { markComplete(graph.output) }
  }

  /// What the updates of the dense layers read and change, from the last layer to the first.
  var denseUpdates: [DenseUpdate<B>] {
    network.graph.nodes.reversed().compactMap { node in
      guard let dense = node.operation as? DenseNode, let delta = deltas[node.output] else {
        return nil
      }
      return DenseUpdate(
        input: values[node.inputs[0]], delta: delta,
        parameters: network.parameters.dense[dense.number],
        velocity: network.gradients.dense[dense.number])
    }
  }
}

/// A data set in the memory of a backend.
public struct DeviceDataset<B: Backend> {
  /// The inputs.
  public let examples: Examples<B>
  /// The right answers.
  public let targets: LossRequest<B>.Targets

  /// Uploads a data set; images stay one byte a pixel.
  public init(_ dataset: Dataset, on backend: B) throws(BackendError) {
    examples = try backend.makeExamples(dataset)
    targets = try backend.makeTargets(dataset)
  }
}
