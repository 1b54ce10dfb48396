import Lamina

/// The device functions of the operations of a step.
struct StepCalls {
  let operations: KernelCalls
  /// Bytes of local memory that a group may have.
  let localMemory: Int

  /// What an operation is in a step.
  enum Call {
    case call(KernelCall)
    /// It changes nothing.
    case nothing
    /// There is no device function for it.
    case unknown
  }

  func call(_ operation: Operation<OpenCLBackend>) -> Call {
    if case .matmul(let product) = operation {
      return processorProduct(product).map(Call.call) ?? .unknown
    }
    if let call = operations.call(operation) { return .call(call) }
    return .nothing
  }

  /// A product by rows on processors; nil for shapes without a function.
  private func processorProduct(_ product: Operation<OpenCLBackend>.Matmul) -> KernelCall? {
    let (a, b, c) = (product.a, product.b, product.c)
    guard b.stride % 16 == 0, c.stride % 16 == 0 else { return nil }
    let sizes: [KernelArgument] = [
      .count(c.columns), .count(product.depth), .count(a.stride), .count(b.stride),
      .count(c.stride),
    ]
    let last: [KernelArgument] = [
      .float(product.alpha), .float(product.beta), .buffer(a), .buffer(b), .buffer(c),
    ]
    if !b.isTransposed {
      return KernelCall(
        .stepProduct, headers: [.vectorTile, .stepProductSums],
        macros: ["ROWS=8", "VECTORS=\(c.columns > 16 ? 2 : 1)"]
          + (a.isTransposed ? ["TRANSPOSED"] : []), sizes + last, .rows(c.rows))
    }
    guard !a.isTransposed, a.stride % 16 == 0 else { return nil }
    if product.depth < 32 {
      let bytes = product.depth * c.columns.rounded(upTo: 16) * 4
      guard bytes <= localMemory else { return nil }
      return KernelCall(
        .stepProductTurned, headers: [.stepProductSums], macros: ["ROWS=8"],
        sizes + last + [.local(bytes, .float)],
        .rows(c.rows))
    }
    return KernelCall(
      .stepProductDot, headers: [.dotTile, .stepProductSums], sizes + last, .rows(c.rows))
  }
}
