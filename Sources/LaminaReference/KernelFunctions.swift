import Lamina
import LaminaMath

extension Operation<ReferenceBackend>.KernelFunctionValues {
  func compute() {
    for row in 0..<products.rows {
      for column in 0..<products.columns {
        let product = products[row, column]
        let distance = rowSquares[row] + columnSquares[column] - 2 * product
        products[row, column] = function.value(product: product, distance: distance)
      }
    }
  }
}

extension KernelFunction {
  /// `k(u, v)` in `Double`, from `u · v` and `|u - v|²`.
  fileprivate func value(product: Double, distance: Double) -> Double {
    switch self {
    case .linear: product
    case .polynomial(let degree, let gamma, let coef0):
      pow(Double(gamma) * product + Double(coef0), Double(degree))
    case .rbf(let gamma): exp(-Double(gamma) * (distance < 0 ? 0 : distance))
    case .sigmoid(let gamma, let coef0): tanh(Double(gamma) * product + Double(coef0))
    }
  }
}
