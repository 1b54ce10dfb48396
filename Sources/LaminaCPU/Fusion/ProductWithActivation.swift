import Lamina

/// The forward pass of a dense layer. Each thread takes its rows of the batch through product, bias
/// and activation while they are in cache.
struct ProductWithActivation: FusionRule {
  let name = "product with bias and activation"

  func replacement(
    for items: ArraySlice<CPUItem>, on backend: CPUBackend
  ) throws(BackendError) -> FusionReplacement<CPUBackend, TaskGroup>? {
    guard let layer = ActivatedProduct(items) else { return nil }
    let product = ProductTasks(
      product: layer.matmul,
      ending: .activation(layer.activation.activation, bias: layer.activation.bias?.floats),
      endingAccesses: layer.activation.accesses)
    let group = product.direct(ActivatedProduct.profileName, on: backend)
    return FusionReplacement(count: 2, by: [CPUItem(group, by: name, for: items.prefix(2))])
  }
}

/// A plain product, and an activation in place on it that needs no other rows.
struct ActivatedProduct {
  let matmul: Operation<CPUBackend>.Matmul
  let activation: Operation<CPUBackend>.BiasActivation

  static let profileName = "DenseForward"

  /// The first two items; nil if they are something else.
  init?(_ items: ArraySlice<CPUItem>) {
    guard case .matmul(let matmul)? = items.first?.plain,
      case .activation(let activation)? = items.dropFirst().first?.plain,
      activation.follows(matmul), !matmul.b.isTransposed,
      matmul.accesses.allowSamePhase(as: activation.accesses)
    else { return nil }
    self.matmul = matmul
    self.activation = activation
  }
}
