/// The device memory that the steps of a training share, and the lists of each step.
public struct TrainingSteps<B: Backend> {
  /// The order of the examples, from ``firstIndex`` on. It starts as zeros; see ``write(order:)``.
  let indices: Indices<B>
  /// The place of the first example in ``indices``: 0 unless networks share memory.
  let firstIndex: Int
  /// Intermediate results, of as many rows as a part of a batch has.
  public let buffers: BatchBuffers<B>
  /// The update of the parameters.
  public let update: ParameterUpdate<B>

  private let network: Network<B>
  private let data: DeviceDataset<B>
  private let options: TrainingOptions

  /// Uploads the data.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - dataset: The examples.
  ///   - options: Batches, rule and seed.
  ///   - count: The examples of an epoch; nil for all.
  /// - Precondition: options have been validated, and the network fits the data.
  public init(
    _ network: Network<B>, dataset: Dataset, options: TrainingOptions, count: Int? = nil
  ) throws(BackendError) {
    try self.init(
      network, data: DeviceDataset(dataset, for: network.description, on: network.backend),
      count: count ?? dataset.count, options: options)
  }

  /// Allocates the memory for steps on data that the device has.
  ///
  /// - Parameter count: The most examples of an epoch.
  init(
    _ network: Network<B>, data: DeviceDataset<B>, count: Int, options: TrainingOptions
  ) throws(BackendError) {
    self.network = network
    self.data = data
    self.options = options
    (indices, firstIndex) = try network.memory.makeIndices(count: count)
    let rows = BatchPart.partSize(of: options.batchSize(of: count), count: options.accumulation)
    buffers = try BatchBuffers(network.description, rows: rows, in: network.memory)
    update = try ParameterUpdate(options.rule, of: network)
  }

  /// Uploads the order in which steps visit the examples.
  public func write(order: [Int32]) throws(BackendError) {
    try network.backend.write(
      order.span.bytes, to: indices.buffer, at: firstIndex * MemoryLayout<Int32>.stride)
  }

  /// The values of a step that begins with the example at `place` of the order.
  public func arguments(
    from place: Int, step: Int, learningRateFactor: Float = 1
  ) -> StepArguments {
    StepArguments(
      firstIndex: firstIndex + place, step: step, learningRateFactor: learningRateFactor)
  }

  /// Prepares the step of a batch of `rows` examples.
  public func step(rows: Int) throws(BackendError) -> TrainingStep<B> {
    try TrainingStep(
      network, batch: BatchIndices(indices, count: rows), data: data, buffers: buffers,
      update: update, accumulation: options.accumulation, seed: options.seed)
  }

  /// The lists of the step of a batch of `rows` examples: one for each part of the batch, with the
  /// start of the part.
  func lists(rows: Int) -> [(start: Int, operations: [Operation<B>])] {
    BatchPart.parts(of: rows, count: options.accumulation).map { part in
      let operations = part.operations(
        network, indices, data, buffers, update, seed: options.seed)
      return (part.start, operations)
    }
  }
}
