import Lamina

extension Operation.Matmul where B == CPUBackend {
  /// Each thread computes its rows of the product.
  func tasks(on backend: CPUBackend) throws(BackendError) -> TaskGroup {
    // With fewer rows, a copy of the right factor costs more than it saves.
    if c.rows >= 16,
      let transposed = TransposedProduct(ProductTasks(product: self), width: backend.width)
    {
      return try transposed.tasks("DenseBackward", on: backend)
    }
    return ProductTasks(product: self).direct("Matmul", on: backend)
  }
}

/// A product with the work that follows it row by row, as tasks.
struct ProductTasks {
  let product: Operation<CPUBackend>.Matmul
  /// The work on rows of the product while they are in cache.
  var ending: ProductEnding = .none
  /// The memory that this work reads and writes.
  var endingAccesses: [Access<CPUBackend>] = []

  /// Rows, columns and depth, for profiles.
  var size: CPUTask.Size {
    .product(rows: product.c.rows, columns: product.c.columns, depth: product.depth)
  }

  /// Each thread takes its rows through the product and the following work.
  ///
  /// - Parameter copy: Replaces the right factor.
  func direct(
    _ name: String, by copy: Matrix<CPUBackend>? = nil, on backend: CPUBackend
  ) -> TaskGroup {
    let (left, right, target) = (Rows(product.a), Rows(copy ?? product.b), Rows(product.c))
    let (alpha, beta, ending) = (product.alpha, product.beta, ending)
    var group = TaskGroup(method: backend.products.method(alpha: alpha, beta: beta, right))
    group.add(
      CPUTask(name, work: product.work, rows: product.units, size: size) {
        [products = backend.products] part in
        let rows = part.rows(of: target.rows)
        products.matmul(rows: rows, left, right, alpha: alpha, beta: beta, into: target)
        ending.apply(to: target, rows: rows)
      }, accesses(by: copy) + endingAccesses)
    return group
  }

  private func accesses(by copy: Matrix<CPUBackend>?) -> [Access<CPUBackend>] {
    guard let copy else { return product.accesses }
    return Operation.matmul(
      product.a, copy, alpha: product.alpha, beta: product.beta, into: product.c
    ).accesses
  }
}

/// Work on rows of a product.
enum ProductEnding {
  case none
  /// `f(product + bias)`.
  case activation(Activation, bias: UnsafeMutablePointer<Float>?)
  /// `product · f'`, from the saved values.
  case derivative(Activation, saved: Rows)

  @inline(__always)
  func apply(to product: Rows, rows: Range<Int>) {
    switch self {
    case .none: break
    case .activation(let activation, let bias):
      activation.apply(to: product, bias: bias, rows: rows, into: product)
    case .derivative(let activation, let saved):
      activation.applyDerivative(to: product, rows: rows, saved: saved)
    }
  }
}
