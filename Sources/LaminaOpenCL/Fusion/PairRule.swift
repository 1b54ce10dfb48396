import Lamina

/// A rule for two operations that are a product with its epilogue.
protocol PairRule: KernelRule {
  /// The product that two operations are; nil where they are none.
  func product(of operations: [Operation<OpenCLBackend>]) -> MatrixProduct?
}

extension PairRule {
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
}
