extension Operation {
  /// `output = mask · input / (1 - rate)`, forward and backward. Input and output may be the same
  /// memory.
  public struct Dropout: OperationContent, Codable {
    public let input: Matrix<B>
    public let mask: DropoutMask
    public let output: Matrix<B>
    /// Whether the result is added to the old values.
    public let isAdded: Bool

    public var name: String { "dropout" }
    public var accesses: [Access<B>] {
      [
        .matrix("input", input, .read, .rows),
        .matrix("output", output, isAdded ? .update : .write, .rows),
      ]
    }
    public var units: Int { input.rows }
    public var work: Int { 12 * input.rows * input.columns }
    public var details: String { "rate \(mask.rate)" }
  }

  /// ``Dropout``.
  public static func dropout(
    _ input: Matrix<B>, _ mask: DropoutMask, into output: Matrix<B>, adding: Bool = false
  ) -> Operation {
    precondition(areEqual(input, output), "dropout: \(input.shape) into \(output.shape)")
    return .dropout(Dropout(input: input, mask: mask, output: output, isAdded: adding))
  }
}
