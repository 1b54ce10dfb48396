import Lamina

/// A product with bias and activation: both are the epilogue of the product's kernel.
struct ActivationRule: PairRule {
  let name = "product with activation"

  func product(of operations: [Operation<OpenCLBackend>]) -> MatrixProduct? {
    guard operations.count == 2, case .matmul(let product) = operations[0],
      case .activation(let activation) = operations[1], activation.follows(product),
      let bias = activation.bias
    else { return nil }
    return MatrixProduct(
      a: product.a, b: product.b, c: product.c,
      epilogue: .activation(activation.activation, bias: bias))
  }
}
