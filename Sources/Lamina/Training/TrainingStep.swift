/// One training step for batches of one size: lists of operations that are prepared once and run
/// any number of times.
///
/// A list has the natural order: gather the batch; forward through the network; the loss with the
/// delta of the output; deltas of all other values except the inputs, from the last to the first;
/// gradients; update. The deltas come before the updates because they need the old weights.
///
/// A batch can be divided into parts that run one after the other. Their gradients are added up,
/// with one update at the end, so that a large batch needs only the memory of a part.
public final class TrainingStep<B: Backend> {
  /// A part of a batch.
  public struct Part {
    /// Its start in the batch.
    public let start: Int
    /// Everything that happens to it.
    public let operations: [Operation<B>]
    /// The same, ready to run.
    public let prepared: B.Prepared
  }

  private let backend: B
  /// The names of operands.
  let names: OperandNames<B>
  /// The parts of the batch, in order. There is one if the batch is not divided.
  public let parts: [Part]

  /// Prepares the step.
  ///
  /// - Parameters:
  ///   - network: The network to train.
  ///   - batch: The rows of a batch.
  ///   - data: The training set on the device.
  ///   - buffers: Buffers for at least as many rows as a part has.
  ///   - update: The update of the parameters, shared by the steps of a training.
  ///   - accumulation: The number of parts that the batch is divided into.
  ///   - seed: The seed of dropout.
  public init(
    _ network: Network<B>, batch: BatchIndices<B>, data: DeviceDataset<B>,
    buffers: BatchBuffers<B>, update: ParameterUpdate<B>, accumulation: Int = 1, seed: UInt64 = 0
  ) throws(BackendError) {
    let backend = network.backend
    self.backend = backend
    names = OperandNames(network, buffers, update)
    var parts: [Part] = []
    for part in BatchPart.parts(of: batch.count, count: accumulation) {
      // All parts between the first and the last have the same list.
      if parts.count > 1, !part.isLast {
        parts.append(
          Part(start: part.start, operations: parts[1].operations, prepared: parts[1].prepared))
        continue
      }
      let operations = part.operations(network, batch.indices, data, buffers, update, seed: seed)
      parts.append(
        Part(start: part.start, operations: operations, prepared: try backend.prepare(operations)))
    }
    self.parts = parts
  }

  /// Prepares a step with an update of its own.
  public convenience init(
    _ network: Network<B>, batch: BatchIndices<B>, data: DeviceDataset<B>,
    buffers: BatchBuffers<B>, rule: UpdateRule, seed: UInt64 = 0
  ) throws(BackendError) {
    try self.init(
      network, batch: batch, data: data, buffers: buffers,
      update: ParameterUpdate(rule, of: network), seed: seed)
  }

  /// Runs the step. Returns before the device has finished.
  public func run(_ arguments: StepArguments) throws(BackendError) {
    for part in parts {
      var arguments = arguments
      arguments.firstIndex += part.start
      arguments.rowOffset += part.start
      try backend.run(part.prepared, with: arguments)
    }
  }
}

extension BatchPart {
  /// Everything that happens to this part of a batch.
  func operations<B: Backend>(
    _ network: Network<B>, _ indices: Indices<B>, _ data: DeviceDataset<B>,
    _ buffers: BatchBuffers<B>, _ update: ParameterUpdate<B>, seed: UInt64
  ) -> [Operation<B>] {
    let batch = BatchIndices(indices, count: count)
    let pass = Pass(
      network, buffers, rows: count, isTraining: true, batchSize: batchSize,
      gradientBeta: update.gradientBeta(self), seed: seed)
    return pass.forward(batch, of: data.examples) + [pass.loss(batch, of: data)]
      + pass.backward() + pass.gradients() + (isLast ? update.operations() : [])
  }
}
