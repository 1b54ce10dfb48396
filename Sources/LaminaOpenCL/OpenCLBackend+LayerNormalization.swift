import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `layer_normalization.cl`: a group takes row after row.
  public func enqueueLayerNormalization(
    _ input: Matrix<OpenCLBackend>, _ layer: NormalizationParameters<OpenCLBackend>,
    rows: NormalizationStatistics<OpenCLBackend>, epsilon: Float,
    into output: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try perform(
      .layerNormalization, macros: [],
      [
        .count(input.rows), .count(input.columns), .count(input.stride), .count(output.stride),
        .float(epsilon), .buffer(input.storage), .buffer(layer.scale.storage),
        .buffer(layer.shift.storage), .buffer(rows.mean.storage),
        .buffer(rows.inverseDeviation.storage), .buffer(output.storage), rowScratch,
      ], Work.groups(rows: input.rows))
  }

  /// By `layer_normalization_delta.cl`: a group takes row after row.
  public func enqueueLayerNormalizationDelta(
    _ delta: Matrix<OpenCLBackend>, input: Matrix<OpenCLBackend>, scale: Vector<OpenCLBackend>,
    rows: NormalizationStatistics<OpenCLBackend>, into inputDelta: Matrix<OpenCLBackend>,
    adding: Bool
  ) throws(BackendError) {
    try perform(
      .layerNormalizationDelta, macros: adding ? ["ADDS"] : [],
      [
        .count(input.rows), .count(input.columns), .count(delta.stride), .count(input.stride),
        .count(inputDelta.stride), .buffer(delta.storage), .buffer(input.storage),
        .buffer(scale.storage), .buffer(rows.mean.storage),
        .buffer(rows.inverseDeviation.storage), .buffer(inputDelta.storage), rowScratch,
      ], Work.groups(rows: input.rows))
  }

  /// By `layer_normalization_gradients.cl`: groups go down the columns.
  public func enqueueLayerNormalizationGradients(
    _ delta: Matrix<OpenCLBackend>, input: Matrix<OpenCLBackend>,
    rows: NormalizationStatistics<OpenCLBackend>, beta: Float,
    into gradients: NormalizationParameters<OpenCLBackend>
  ) throws(BackendError) {
    try performByColumns(
      .layerNormalizationGradients, columns: input.columns,
      [
        .count(input.rows), .count(input.columns), .count(delta.stride), .count(input.stride),
        .float(beta), .buffer(delta.storage), .buffer(input.storage), .buffer(rows.mean.storage),
        .buffer(rows.inverseDeviation.storage), .buffer(gradients.scale.storage),
        .buffer(gradients.shift.storage), columnScratch,
      ])
  }

  /// What `group_sum` in `common.clh` works in.
  private var rowScratch: KernelArgument { .localEach(MemoryLayout<Float>.stride) }
}
