import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `kernel_function.cl`, compiled for each kernel function.
  public func enqueueKernelFunction(
    _ function: KernelFunction, rowSquares: Vector<OpenCLBackend>,
    columnSquares: Vector<OpenCLBackend>, on products: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    let (name, degree, gamma, coef0): (String, Int, Float, Float) =
      switch function {
      // The products are its values.
      case .linear: ("", 0, 0, 0)
      case .polynomial(let degree, let gamma, let coef0): ("polynomial", degree, gamma, coef0)
      case .rbf(let gamma): ("rbf", 0, gamma, 0)
      case .sigmoid(let gamma, let coef0): ("sigmoid", 0, gamma, coef0)
      }
    guard !name.isEmpty else { return }
    try perform(
      .kernelFunction, macros: ["FUNCTION=\(name)_kernel"],
      [
        .count(products.rows), .count(products.columns), .count(products.stride), .count(degree),
        .float(gamma), .float(coef0), .buffer(rowSquares.storage), .buffer(columnSquares.storage),
        .buffer(products.storage),
      ], Work.rows(products.rows))
  }
}
