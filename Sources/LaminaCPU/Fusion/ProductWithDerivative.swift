import Lamina

/// The backward pass of a dense layer. Each thread takes its rows of the batch through the product
/// with the transposed weights and the derivative of the activation while they are in cache.
struct ProductWithDerivative: FusionRule {
  let name = "product with derivative"

  func replacement(
    for items: ArraySlice<CPUItem>, on backend: CPUBackend
  ) throws(BackendError) -> FusionReplacement<CPUBackend, TaskGroup>? {
    guard case .matmul(let matmul)? = items.first?.plain,
      case .activationDelta(let derivative)? = items.dropFirst().first?.plain,
      derivative.follows(matmul), matmul.b.isTransposed,
      matmul.accesses.allowSamePhase(as: derivative.accesses)
    else { return nil }
    let product = ProductTasks(
      product: matmul, ending: .derivative(derivative.activation, saved: Rows(derivative.saved)),
      endingAccesses: derivative.accesses)
    let group: TaskGroup
    if let transposed = TransposedProduct(product, width: backend.width) {
      group = try transposed.tasks("DenseBackward", on: backend)
    } else {
      group = product.direct("DenseBackward", on: backend)
    }
    return FusionReplacement(count: 2, by: [CPUItem(group, by: name, for: items.prefix(2))])
  }
}
