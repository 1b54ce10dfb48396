import Lamina

extension CommandEncoder {
  /// By `dropout.cl`, which makes the mask from the step's number.
  func encode(_ operation: Operation<OpenCLBackend>.Dropout) throws(BackendError) {
    let (input, mask) = (operation.input, operation.mask)
    let (output, adding) = (operation.output, operation.isAdded)
    try add(
      .dropout, headers: [.philox], macros: adding ? ["ADDS"] : [],
      [
        .count(input.rows), .count(input.columns), .count(input.stride), .count(output.stride),
        .step, .rowOffset, .word(low: mask.seed), .word(high: mask.seed), .word(low: mask.stream),
        .word(high: mask.stream), .word(mask.threshold), .float(mask.factor),
        .buffer(input), .buffer(output),
      ], IndexSpace.rows(input.rows))
  }
}
