extension Operation {
  /// `output = f(input + bias)`. The bias is added to every row; nil stands for no bias. Input and
  /// output can be the same memory.
  public struct BiasActivation: OperationContent, Codable {
    /// The function, one number at a time.
    public let activation: Activation
    /// The input.
    public let input: Matrix<B>
    /// One number a column.
    public let bias: Vector<B>?
    /// Receives the values.
    public let output: Matrix<B>

    package var name: String { "activation" }
    package var accesses: [Access<B>] {
      [.matrix("input", input, .read, .rows)] + (bias.map { [.vector("bias", $0, .read)] } ?? [])
        + [.matrix("output", output, .write, .rows)]
    }
    package var units: Int { output.rows }
    package var work: Int { 4 * output.rows * output.columns }
    package var details: String {
      let argument = bias == nil ? "x" : "x + bias"
      return activation == .identity ? argument : "\(activation)(\(argument))"
    }

    /// True if it is applied in place to a plain product.
    package func follows(_ product: Matmul) -> Bool {
      product.isPlain && input.isSame(as: product.c) && output.isSame(as: product.c)
    }
  }

  /// ``BiasActivation``.
  public static func activation(
    _ activation: Activation, of input: Matrix<B>, bias: Vector<B>? = nil, into output: Matrix<B>
  ) -> Operation {
    precondition(
      input.shape == output.shape && !input.isTransposed && !output.isTransposed
        && bias.map { $0.count == output.columns } != false && activation.isElementwise,
      "activation \(activation): \(input.shape), a bias of \(bias?.count ?? 0) "
        + "into \(output.shape)")
    return .activation(
      BiasActivation(activation: activation, input: input, bias: bias, output: output))
  }

  /// `delta = delta · f'(z)`, elementwise. The derivative is computed from `saved`: the output
  /// `f(z)`, or `z` itself, as ``Activation/derivativeSource`` says.
  public struct ActivationDelta: OperationContent, Codable {
    /// The function.
    public let activation: Activation
    /// The saved value that the derivative follows from.
    public let saved: Matrix<B>
    /// Is multiplied by it.
    public let delta: Matrix<B>

    package var name: String { "activationDelta" }
    package var accesses: [Access<B>] {
      [.matrix("saved", saved, .read, .rows), .matrix("delta", delta, .update, .rows)]
    }
    package var units: Int { delta.rows }
    package var work: Int { 4 * delta.rows * delta.columns }
    package var details: String { "delta · \(activation)'" }

    /// True if it is applied in place to a plain product.
    package func follows(_ product: Matmul) -> Bool {
      product.isPlain && delta.isSame(as: product.c)
    }
  }

  /// ``ActivationDelta``.
  public static func activationDelta(
    _ activation: Activation, saved: Matrix<B>, on delta: Matrix<B>
  ) -> Operation {
    precondition(
      delta.shape == saved.shape && !delta.isTransposed && !saved.isTransposed
        && activation.isElementwise,
      "activationDelta \(activation): \(delta.shape) with values of \(saved.shape)")
    return .activationDelta(ActivationDelta(activation: activation, saved: saved, delta: delta))
  }
}
