import Lamina

extension KernelCalls {
  /// By `kernel_function.cl`, compiled for each kernel function.
  func call(_ operation: Operation<OpenCLBackend>.KernelFunctionValues) -> KernelCall? {
    let (function, products) = (operation.function, operation.products)
    let (rowSquares, columnSquares) = (operation.rowSquares, operation.columnSquares)
    let (name, degree, gamma, coef0): (String, Int, Float, Float) =
      switch function {
      // The products are its values.
      case .linear: ("", 0, 0, 0)
      case .polynomial(let degree, let gamma, let coef0): ("polynomial", degree, gamma, coef0)
      case .rbf(let gamma): ("rbf", 0, gamma, 0)
      case .sigmoid(let gamma, let coef0): ("sigmoid", 0, gamma, coef0)
      }
    guard !name.isEmpty else { return nil }
    return KernelCall(
      .kernelFunction, macros: ["FUNCTION=\(name)_kernel"],
      [
        .count(products.columns), .count(products.stride), .count(degree),
        .float(gamma), .float(coef0), .buffer(rowSquares), .buffer(columnSquares),
        .buffer(products),
      ], .rows(products.rows))
  }
}
