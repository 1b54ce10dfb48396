import Lamina

/// A product with the derivative of an activation that follows from its output: the delta of a
/// layer's input, with the derivative as the epilogue of the product's kernel.
struct DerivativeRule: PairRule {
  let name = "product with derivative"

  func product(of operations: [Operation<OpenCLBackend>]) -> MatrixProduct? {
    guard operations.count == 2, case .matmul(let product) = operations[0],
      case .activationDelta(let delta) = operations[1], delta.follows(product),
      delta.activation.derivativeSource == .output
    else { return nil }
    return MatrixProduct(
      a: product.a, b: product.b, c: product.c,
      epilogue: .derivative(delta.activation, output: delta.saved))
  }
}
