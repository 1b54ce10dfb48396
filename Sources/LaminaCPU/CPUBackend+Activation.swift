public import Lamina

extension CPUBackend {
  /// Each thread changes its rows.
  public func enqueueActivation(
    _ activation: Activation, bias: Vector<CPUBackend>, on y: Matrix<CPUBackend>
  ) {
    submit(
      CPUTask(
        accesses: [.reads(bias.storage), .writesRows(y)], work: 4 * y.rows * y.columns, rows: y.rows
      ) { part in
        activation.apply(to: y, rows: part.rows(of: y.rows), bias: bias)
      })
  }
}

extension Activation {
  /// `y = f(y + bias)` in the given rows.
  func apply(to y: Matrix<CPUBackend>, rows: Range<Int>, bias: Vector<CPUBackend>) {
    switch self {
    case .identity: Self.apply(to: y, rows, bias) { $0 }
    case .logistic: Self.apply(to: y, rows, bias) { VectorMath.logistic($0) }
    case .tanh: Self.apply(to: y, rows, bias) { VectorMath.tanh($0) }
    // Written so that NaN stays NaN.
    case .relu: Self.apply(to: y, rows, bias) { $0.replacing(with: 0, where: $0 .< 0) }
    }
  }

  @inline(__always)
  private static func apply(
    to y: Matrix<CPUBackend>, _ rows: Range<Int>, _ bias: Vector<CPUBackend>,
    _ function: (Floats) -> Floats
  ) {
    let bias = bias.storage.floats
    for row in rows {
      y.row(row).combine(with: bias, count: y.columns) { function($0 + $1) }
    }
  }
}
