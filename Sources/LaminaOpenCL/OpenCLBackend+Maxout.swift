import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `maxout.cl`.
  public func enqueueMaxout(
    _ input: Matrix<OpenCLBackend>, into output: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try perform(
      .maxout, macros: [],
      [
        .count(output.rows), .count(output.columns), .count(input.columns / output.columns),
        .count(input.stride), .count(output.stride), .buffer(input.storage),
        .buffer(output.storage),
      ], Work.rows(output.rows))
  }

  /// By `maxout_delta.cl`.
  public func enqueueMaxoutDelta(
    _ delta: Matrix<OpenCLBackend>, input: Matrix<OpenCLBackend>,
    into inputDelta: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try perform(
      .maxoutDelta, macros: [],
      [
        .count(delta.rows), .count(delta.columns), .count(input.columns / delta.columns),
        .count(delta.stride), .count(input.stride), .count(inputDelta.stride),
        .buffer(delta.storage), .buffer(input.storage), .buffer(inputDelta.storage),
      ], Work.rows(delta.rows))
  }
}
