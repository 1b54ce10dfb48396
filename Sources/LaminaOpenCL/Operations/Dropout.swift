import Lamina

extension KernelCalls {
  /// By `dropout.cl`, which makes the mask from the step's number.
  func call(_ operation: Operation<OpenCLBackend>.Dropout) -> KernelCall {
    let (input, mask) = (operation.input, operation.mask)
    let (output, adding) = (operation.output, operation.isAdded)
    return KernelCall(
      .dropout, headers: [.philox], macros: adding ? ["ADDS"] : [],
      [
        .count(input.columns), .count(input.stride), .count(output.stride),
        .step, .rowOffset, .word(low: mask.seed), .word(high: mask.seed), .word(low: mask.stream),
        .word(high: mask.stream), .word(mask.threshold), .float(mask.factor),
        .buffer(input), .buffer(output),
      ], .rows(input.rows))
  }
}
