import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `gather.cl`, compiled for bytes and for floats.
  public func enqueueGather(
    _ batch: BatchIndices<OpenCLBackend>, of examples: Examples<OpenCLBackend>,
    scaling: InputScaling, into destination: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    let element = examples.element == .byte ? "uchar" : "float"
    try perform(
      .gather, macros: ["ELEMENT=\(element)"],
      [
        .count(batch.count), .count(examples.columns), .count(destination.stride), .firstIndex,
        .float(scaling.scale), .float(scaling.offset), .buffer(batch.indices.storage),
        .buffer(examples.storage), .buffer(destination.storage),
      ], shape.rows(batch.count))
  }
}
