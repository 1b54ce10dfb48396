/// A data set in the memory of a backend.
public struct DeviceDataset<B: Backend> {
  /// The inputs.
  public let examples: Examples<B>
  /// The right answers.
  public let targets: LossTargets<B>
  /// A factor for the loss of each example; nil for 1.
  public let weights: Vector<B>?

  /// Uploads a data set, with the targets in the form that the network needs. Images stay one byte
  /// per pixel.
  ///
  /// - Precondition: The network fits the data set.
  public init(
    _ dataset: Dataset, for description: NetworkDescription, on backend: B
  ) throws(BackendError) {
    examples = try backend.makeExamples(dataset, for: description.inputScaling)
    targets = try backend.makeTargets(
      dataset, inputScaling: description.inputScaling, targetScaling: description.targetScaling)
    weights = try dataset.weights.map(backend.makeVector)
  }
}
