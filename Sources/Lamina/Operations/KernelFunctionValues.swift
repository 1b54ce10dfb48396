extension Operation {
  /// Turns products into values of a kernel function, in place: `products[i, j] = k(u_i, v_j)`.
  public struct KernelFunctionValues: OperationContent, Codable {
    /// The kernel function.
    public let function: KernelFunction
    /// `|u_i|²`, one a row.
    public let rowSquares: Vector<B>
    /// `|v_j|²`, one a column.
    public let columnSquares: Vector<B>
    /// `u_i · v_j`, then the values.
    public let products: Matrix<B>

    package var name: String { "kernelFunction" }
    package var accesses: [Access<B>] {
      [
        .vector("row squares", rowSquares, .read, isNonnegative: true),
        .vector("column squares", columnSquares, .read, isNonnegative: true),
        .matrix("products", products, .update, .rows),
      ]
    }
    package var units: Int { products.rows }
    package var work: Int { 8 * products.rows * products.columns }
    package var details: String { "\(function)" }
  }

  /// ``KernelFunctionValues``.
  public static func kernelFunction(
    _ function: KernelFunction, rowSquares: Vector<B>, columnSquares: Vector<B>,
    on products: Matrix<B>
  ) -> Operation {
    precondition(
      rowSquares.count == products.rows && columnSquares.count == products.columns
        && !products.isTransposed,
      "kernelFunction: \(products.shape) with \(rowSquares.count) and \(columnSquares.count) squares"
    )
    return .kernelFunction(
      KernelFunctionValues(
        function: function, rowSquares: rowSquares, columnSquares: columnSquares,
        products: products))
  }
}
