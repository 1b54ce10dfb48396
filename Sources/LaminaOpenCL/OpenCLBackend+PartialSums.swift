import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `partial_sums.cl`, a work-group for each sum.
  public func enqueuePartialSums(
    of vector: Vector<OpenCLBackend>, _ measure: Magnitude, into sums: Vector<OpenCLBackend>
  ) throws(BackendError) {
    let length = vector.count.divided(by: sums.count).rounded(upTo: shape.width)
    try perform(
      .partialSums, macros: measure == .squares ? ["SQUARES"] : [],
      [
        .count(vector.count), .count(length), .buffer(vector.storage), .buffer(sums.storage),
        .localEach(MemoryLayout<Float>.stride),
      ],
      Work.sums(sums.count))
  }
}
