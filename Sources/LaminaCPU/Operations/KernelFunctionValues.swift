import Lamina

extension Operation.KernelFunctionValues where B == CPUBackend {
  /// Each thread changes its rows.
  func tasks() -> TaskGroup {
    // For a linear kernel, the products are the values.
    if function == .linear { return TaskGroup(method: "nothing to do") }
    let (values, function) = (Rows(products), function)
    let (ofRows, ofColumns) = (rowSquares.floats, columnSquares.floats)
    return TaskGroup(self, "KernelFunction") { part in
      for row in part.rows(of: values.rows) {
        function.apply(
          to: values[row], count: values.columns, hasPadding: values.hasPadding,
          square: ofRows[row], squares: ofColumns)
      }
    }
  }
}

extension KernelFunction {
  /// Replaces products by values of the kernel, in one row.
  fileprivate func apply(
    to row: UnsafeMutablePointer<Float>, count: Int, hasPadding: Bool, square: Float,
    squares: UnsafeMutablePointer<Float>
  ) {
    switch self {
    case .linear: break
    case .polynomial(let degree, let gamma, let coef0):
      row.combine(with: row, count: count, hasPadding: hasPadding) { product, _ in
        (product * gamma + coef0).power(degree)
      }
    case .rbf(let gamma):
      row.combine(with: squares, count: count, hasPadding: hasPadding) { product, squares in
        let distance = squares + square - product * 2
        // Rounding can make it negative. The comparison keeps NaN.
        return VectorMath.exp(
          distance.replacing(with: Floats.zero, where: distance .< Floats.zero) * -gamma)
      }
    case .sigmoid(let gamma, let coef0):
      row.combine(with: row, count: count, hasPadding: hasPadding) { product, _ in
        VectorMath.tanh(product * gamma + coef0)
      }
    }
  }
}

extension Floats {
  /// `self^exponent`, by squaring.
  @inline(__always)
  fileprivate func power(_ exponent: Int) -> Floats {
    var (result, square, rest) = (Floats(repeating: 1), self, exponent)
    while rest > 0 {
      if rest % 2 == 1 { result *= square }
      square *= square
      rest /= 2
    }
    return result
  }
}
