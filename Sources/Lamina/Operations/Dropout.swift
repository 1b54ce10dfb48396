extension Operation {
  /// `output = mask · input / (1 - rate)`, forward and backward. Input and output can be the same
  /// memory.
  public struct Dropout: OperationContent, Codable {
    /// The input, batch × columns.
    public let input: Matrix<B>
    /// The mask of the dropped numbers.
    public let mask: DropoutMask
    /// Receives the result.
    public let output: Matrix<B>
    /// True if the result is added to the old values.
    public let isAdded: Bool

    package var name: String { "dropout" }
    package var accesses: [Access<B>] {
      [
        .matrix("input", input, .read, .rows),
        .matrix("output", output, isAdded ? .update : .write, .rows),
      ]
    }
    package var units: Int { input.rows }
    package var work: Int { 12 * input.rows * input.columns }
    package var details: String { "rate \(mask.rate)" }
  }

  /// ``Dropout``.
  public static func dropout(
    _ input: Matrix<B>, _ mask: DropoutMask, into output: Matrix<B>, adding: Bool = false
  ) -> Operation {
    precondition(areEqual(input, output), "dropout: \(input.shape) into \(output.shape)")
    return .dropout(Dropout(input: input, mask: mask, output: output, isAdded: adding))
  }
}
