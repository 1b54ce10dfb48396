public import Lamina

extension CPUBackend {
  /// Each thread changes its rows.
  public func enqueueActivation(
    _ activation: Activation, bias: Vector<CPUBackend>, on y: Matrix<CPUBackend>
  ) {
    let (outputs, addend) = (Rows(y), bias.storage.floats)
    submit(
      CPUTask(
        accesses: [.reads(bias.storage), .writesRows(y)], work: 4 * y.rows * y.columns, rows: y.rows
      ) { part in
        activation.apply(to: outputs, rows: part.rows(of: outputs.rows), bias: addend)
      })
  }
}

extension Activation {
  /// `y = f(y + bias)` in the given rows.
  func apply(to y: Rows, rows: Range<Int>, bias: UnsafeMutablePointer<Float>) {
    switch self {
    case .identity: Self.apply(to: y, rows, bias) { $0 }
    case .logistic: Self.apply(to: y, rows, bias) { VectorMath.logistic($0) }
    case .tanh: Self.apply(to: y, rows, bias) { VectorMath.tanh($0) }
    // Written so that NaN stays NaN.
    case .relu:
      Self.apply(to: y, rows, bias) { $0.replacing(with: Floats.zero, where: $0 .< Floats.zero) }
    }
  }

  @inline(__always)
  private static func apply(
    to y: Rows, _ rows: Range<Int>, _ bias: UnsafeMutablePointer<Float>,
    _ function: (Floats) -> Floats
  ) {
    for row in rows {
      y[row].combine(with: bias, count: y.columns, hasPadding: y.hasPadding) { function($0 + $1) }
    }
  }
}
