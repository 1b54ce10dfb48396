extension Operation {
  /// `output[r, j] = e^input[r, j] / Σ_k e^input[r, k]`, or its logarithm. Input and output can be
  /// the same memory.
  public struct RowSoftmax: OperationContent, Codable {
    /// True for the logarithm of softmax.
    public let isLogarithmic: Bool
    /// The input.
    public let input: Matrix<B>
    /// Receives the values.
    public let output: Matrix<B>

    package var name: String { isLogarithmic ? "logSoftmax" : "softmax" }
    package var accesses: [Access<B>] {
      [.matrix("input", input, .read, .rows), .matrix("output", output, .write, .rows)]
    }
    package var units: Int { output.rows }
    package var work: Int { 16 * output.rows * output.columns }
  }

  /// ``RowSoftmax``.
  public static func softmax(
    of input: Matrix<B>, isLogarithmic: Bool, into output: Matrix<B>
  ) -> Operation {
    precondition(
      input.shape == output.shape && !input.isTransposed && !output.isTransposed,
      "softmax: \(input.shape) into \(output.shape)")
    return .softmax(RowSoftmax(isLogarithmic: isLogarithmic, input: input, output: output))
  }

  /// Turns the derivative with respect to the output of ``RowSoftmax`` into that with respect to
  /// its input, in place. With `s = outputs`, `delta_j = s_j (delta_j - Σ_k s_k delta_k)`; for the
  /// logarithm, `delta_j = delta_j - e^s_j Σ_k delta_k`.
  public struct RowSoftmaxDelta: OperationContent, Codable {
    /// True for the logarithm of softmax.
    public let isLogarithmic: Bool
    /// The output of the forward pass.
    public let outputs: Matrix<B>
    /// The derivative.
    public let delta: Matrix<B>

    package var name: String { isLogarithmic ? "logSoftmaxDelta" : "softmaxDelta" }
    package var accesses: [Access<B>] {
      [.matrix("outputs", outputs, .read, .rows), .matrix("delta", delta, .update, .rows)]
    }
    package var units: Int { delta.rows }
    package var work: Int { 8 * delta.rows * delta.columns }
  }

  /// ``RowSoftmaxDelta``.
  public static func softmaxDelta(
    outputs: Matrix<B>, isLogarithmic: Bool, on delta: Matrix<B>
  ) -> Operation {
    precondition(
      outputs.shape == delta.shape && !outputs.isTransposed && !delta.isTransposed,
      "softmaxDelta: \(delta.shape) with outputs of \(outputs.shape)")
    return .softmaxDelta(
      RowSoftmaxDelta(isLogarithmic: isLogarithmic, outputs: outputs, delta: delta))
  }
}
