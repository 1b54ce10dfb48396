import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `batch_normalization.cl`: groups of work-items go down the columns.
  public func enqueueBatchNormalization(
    _ input: Matrix<OpenCLBackend>, _ layer: NormalizationParameters<OpenCLBackend>,
    batch: NormalizationStatistics<OpenCLBackend>, running: RunningStatistics<OpenCLBackend>,
    momentum: Float, epsilon: Float, into output: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try performByColumns(
      .batchNormalization, columns: input.columns,
      [
        .count(input.rows), .count(input.columns), .count(input.stride), .count(output.stride),
        .float(momentum), .float(epsilon), .buffer(input.storage), .buffer(layer.scale.storage),
        .buffer(layer.shift.storage), .buffer(batch.mean.storage),
        .buffer(batch.inverseDeviation.storage), .buffer(running.mean.storage),
        .buffer(running.variance.storage), .buffer(output.storage), columnScratch,
      ])
  }

  /// By `batch_normalization_delta.cl`: gradients and the input's delta in one kernel.
  public func enqueueBatchNormalizationDelta(
    _ delta: Matrix<OpenCLBackend>, input: Matrix<OpenCLBackend>, scale: Vector<OpenCLBackend>,
    batch: NormalizationStatistics<OpenCLBackend>,
    gradients: NormalizationParameters<OpenCLBackend>, beta: Float,
    into inputDelta: Matrix<OpenCLBackend>?, adding: Bool
  ) throws(BackendError) {
    try performByColumns(
      .batchNormalizationDelta,
      macros: (inputDelta == nil ? [] : ["INPUT_DELTA"]) + (adding ? ["ADDS"] : []),
      columns: input.columns,
      [
        .count(input.rows), .count(input.columns), .count(delta.stride), .count(input.stride),
        .float(beta), .buffer(delta.storage), .buffer(input.storage), .buffer(scale.storage),
        .buffer(batch.mean.storage), .buffer(batch.inverseDeviation.storage),
        .buffer(gradients.scale.storage), .buffer(gradients.shift.storage), columnScratch,
      ] + (inputDelta.map { [.count($0.stride), .buffer($0.storage)] } ?? []))
  }

  /// By `normalize_columns.cl`.
  public func enqueueNormalize(
    _ input: Matrix<OpenCLBackend>, by running: RunningStatistics<OpenCLBackend>,
    _ layer: NormalizationParameters<OpenCLBackend>, epsilon: Float,
    into output: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try perform(
      .normalizeColumns, macros: [],
      [
        .count(input.rows), .count(input.columns), .count(input.stride), .count(output.stride),
        .float(epsilon), .buffer(input.storage), .buffer(layer.scale.storage),
        .buffer(layer.shift.storage), .buffer(running.mean.storage),
        .buffer(running.variance.storage), .buffer(output.storage),
      ], Work.rows(input.rows))
  }
}
