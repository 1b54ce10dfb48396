import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `softmax.cl`: a work-group takes row after row.
  public func enqueueSoftmax(
    of input: Matrix<OpenCLBackend>, isLogarithmic: Bool, into output: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try perform(
      .softmax, macros: isLogarithmic ? ["LOGARITHM"] : [],
      [
        .count(output.rows), .count(output.columns), .count(input.stride), .count(output.stride),
        .buffer(input.storage), .buffer(output.storage),
        .localEach(MemoryLayout<Float>.stride),
      ], Work.groups(rows: output.rows))
  }

  /// By `softmax_delta.cl`: a work-group takes row after row.
  public func enqueueSoftmaxDelta(
    outputs: Matrix<OpenCLBackend>, isLogarithmic: Bool, on delta: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try perform(
      .softmaxDelta, macros: isLogarithmic ? ["LOGARITHM"] : [],
      [
        .count(delta.rows), .count(delta.columns), .count(outputs.stride), .count(delta.stride),
        .buffer(outputs.storage), .buffer(delta.storage),
        .localEach(MemoryLayout<Float>.stride),
      ], Work.groups(rows: delta.rows))
  }
}
