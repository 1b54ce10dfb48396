extension Operation {
  /// `output[r, j] = max_p input[r, p · outputs + j]`.
  public struct Maxout: OperationContent, Codable {
    /// The input, batch × columns.
    public let input: Matrix<B>
    /// Receives the result.
    public let output: Matrix<B>

    package var name: String { "maxout" }
    package var accesses: [Access<B>] {
      [.matrix("input", input, .read, .rows), .matrix("output", output, .write, .rows)]
    }
    package var units: Int { input.rows }
    package var work: Int { input.rows * input.columns }
    package var details: String { "\(input.columns / output.columns) pieces" }
  }

  /// ``Maxout``.
  public static func maxout(_ input: Matrix<B>, into output: Matrix<B>) -> Operation {
    precondition(arePieces(input, output), "maxout: \(input.shape) into \(output.shape)")
    return .maxout(Maxout(input: input, output: output))
  }

  /// The delta of each output goes to the input that made it, zero to the others.
  public struct MaxoutDelta: OperationContent, Codable {
    /// The derivative of the loss by the output.
    public let delta: Matrix<B>
    /// The input, batch × columns.
    public let input: Matrix<B>
    /// Receives the derivative by the input.
    public let inputDelta: Matrix<B>

    package var name: String { "maxoutDelta" }
    package var accesses: [Access<B>] {
      [
        .matrix("delta", delta, .read, .rows), .matrix("input", input, .read, .rows),
        .matrix("input delta", inputDelta, .write, .rows),
      ]
    }
    package var units: Int { input.rows }
    package var work: Int { 2 * input.rows * input.columns }
  }

  /// ``MaxoutDelta``.
  public static func maxoutDelta(
    _ delta: Matrix<B>, input: Matrix<B>, into inputDelta: Matrix<B>
  ) -> Operation {
    precondition(
      arePieces(input, delta) && areEqual(input, inputDelta),
      "maxoutDelta: \(delta.shape) for \(input.shape) into \(inputDelta.shape)")
    return .maxoutDelta(MaxoutDelta(delta: delta, input: input, inputDelta: inputDelta))
  }

  private static func arePieces(_ input: Matrix<B>, _ output: Matrix<B>) -> Bool {
    input.rows == output.rows && input.columns.isMultiple(of: output.columns)
      && !input.isTransposed && !output.isTransposed
  }
}
