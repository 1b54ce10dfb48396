import Lamina

/// A product with bias and activation: both are the epilogue of the product's kernel.
struct ActivationRule: KernelRule, PairRule {
  let name = "product with activation"

  func replacement(
    for items: ArraySlice<KernelItem>, on backend: OpenCLBackend
  ) throws(BackendError) -> KernelReplacement? {
    guard let form = form(of: items.plain(2), on: backend) else { return nil }
    return KernelReplacement(
      count: 2, by: [KernelItem(form, by: name, for: items.prefix(2))])
  }

  func form(
    of operations: [Operation<OpenCLBackend>], on backend: OpenCLBackend
  ) -> FusedKernel? {
    product(of: operations).map(FusedKernel.product)
  }

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
