import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `dropout.cl`, which makes the mask from the step's number.
  public func enqueueDropout(
    _ input: Matrix<OpenCLBackend>, _ mask: DropoutMask, into output: Matrix<OpenCLBackend>,
    adding: Bool
  ) throws(BackendError) {
    try perform(
      .dropout, headers: [.philox], macros: adding ? ["ADDS"] : [],
      [
        .count(input.rows), .count(input.columns), .count(input.stride), .count(output.stride),
        .step, .rowOffset, .word(low: mask.seed), .word(high: mask.seed), .word(low: mask.stream),
        .word(high: mask.stream), .word(mask.threshold), .float(mask.factor),
        .buffer(input.storage), .buffer(output.storage),
      ], Work.rows(input.rows))
  }
}

extension KernelArgument {
  /// The lower half of a number.
  fileprivate static func word(low number: UInt64) -> KernelArgument {
    .word(UInt32(truncatingIfNeeded: number))
  }

  /// The upper half of a number.
  fileprivate static func word(high number: UInt64) -> KernelArgument {
    .word(low: number >> 32)
  }
}
