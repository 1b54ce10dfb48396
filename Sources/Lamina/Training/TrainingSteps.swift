/// The device memory that the steps of a training share, and the recording of each step.
public struct TrainingSteps<B: Backend> {
  /// The order of the examples, which has to be written before steps run. It starts as zeros.
  public let indices: Indices<B>
  /// Intermediate results, of as many rows as a part of a batch has.
  public let buffers: BatchBuffers<B>
  /// The update of the parameters.
  public let update: ParameterUpdate<B>

  private let network: Network<B>
  private let data: DeviceDataset<B>
  private let options: TrainingOptions

  /// Uploads the data.
  ///
  /// - Precondition: options have been validated, and the network fits the data.
  public init(
    _ network: Network<B>, dataset: Dataset, options: TrainingOptions
  ) throws(BackendError) {
    let backend = network.backend
    self.network = network
    self.options = options
    indices = try backend.makeIndices([Int32](repeating: 0, count: dataset.count))
    let rows = BatchPart.partSize(
      of: options.batchSize(of: dataset.count), count: options.accumulation)
    buffers = try BatchBuffers(network.description, rows: rows, on: backend)
    data = try DeviceDataset(dataset, for: network.description, on: backend)
    update = try ParameterUpdate(options.rule, of: network)
  }

  /// Records the step of a batch of `rows` examples.
  public func step(rows: Int) throws(BackendError) -> TrainingStep<B> {
    try TrainingStep(
      network, batch: BatchIndices(indices, count: rows), data: data, buffers: buffers,
      update: update, accumulation: options.accumulation, seed: options.seed)
  }
}
