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
      case .activation(let activation) = operations[1],
      let bias = product.bias(addedBy: activation)
    else { return nil }
    return MatrixProduct(
      a: product.a, b: product.b, c: product.c,
      epilogue: .activation(activation.activation, bias: bias))
  }
}

extension Operation<OpenCLBackend>.Matmul {
  /// The bias that an activation adds to a plain product, in place; nil where it is none.
  func bias(
    addedBy activation: Operation<OpenCLBackend>.BiasActivation
  ) -> Vector<OpenCLBackend>? {
    guard isPlain, activation.input.isSame(as: c), activation.output.isSame(as: c) else {
      return nil
    }
    return activation.bias
  }
}
