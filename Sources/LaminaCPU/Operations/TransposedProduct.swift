import Lamina

/// A product by a transposed matrix that is copied first, so that its rows lie in order.
struct TransposedProduct {
  private let product: ProductTasks
  private let way: Way

  private enum Way {
    /// Each thread copies the whole matrix for itself. For a layer of few outputs, such as classes,
    /// this takes less time than waiting for each other.
    case copyEach
    /// The threads copy the matrix together.
    case copyOnce
  }

  /// The minimum depth. Below it, OpenBLAS has no kernels for products with a transposed matrix
  /// that avoid copies of operands and locks.
  private static let leastDepth = 32
  /// The maximum number of floats in a copy: enough for the weights of large layers, too few for
  /// the rows of a data set.
  private static let mostCopied = 1 << 24

  /// Nil for other products, and for products that are faster without a copy: those with few rows,
  /// or with a matrix too large to copy. Other products are a fifth faster with a copy.
  ///
  /// - Parameter width: The maximum number of parts.
  init?(_ product: ProductTasks, width: Int) {
    let matmul = product.product
    guard matmul.isPlain, matmul.b.isTransposed, !matmul.a.isTransposed else { return nil }
    self.product = product
    let count = matmul.b.rows * matmul.b.columns
    if matmul.depth < Self.leastDepth, width * count <= Self.mostCopied {
      way = .copyEach
    } else if matmul.c.rows >= 256, (65536...Self.mostCopied).contains(count) {
      way = .copyOnce
    } else {
      return nil
    }
  }

  /// Tasks that copy and multiply.
  func tasks(_ name: String, on backend: CPUBackend) throws(BackendError) -> TaskGroup {
    switch way {
    case .copyEach: try copyEach(name, on: backend)
    case .copyOnce: try copyOnce(name, on: backend)
    }
  }

  private func copyEach(_ name: String, on backend: CPUBackend) throws(BackendError) -> TaskGroup {
    let (matmul, ending) = (product.product, product.ending)
    let depth = matmul.depth
    let copies = try backend.makeMatrix(rows: backend.width * depth, columns: matmul.b.columns)
    let (weights, transposed) = (Rows(matmul.b.transposed), Rows(copies))
    let (left, target) = (Rows(matmul.a), Rows(matmul.c))
    var group = TaskGroup(method: method(transposed, on: backend))
    group.add(
      CPUTask(name, work: matmul.work, rows: matmul.units, size: product.size) {
        [blas = backend.blas, products = backend.products] part in
        let rows = part.rows(of: target.rows)
        let mine = transposed.matrix(part.number, rows: depth)
        blas.transpose(weights, columns: 0..<depth, into: mine)
        products.matmul(rows: rows, left, mine, into: target)
        ending.apply(to: target, rows: rows)
      },
      matmul.accesses + [.matrix("copies", copies, .write, .rows)] + product.endingAccesses)
    return group
  }

  private func copyOnce(_ name: String, on backend: CPUBackend) throws(BackendError) -> TaskGroup {
    let matmul = product.product
    let copy = try backend.makeMatrix(rows: matmul.depth, columns: matmul.b.columns)
    let (source, target) = (Rows(matmul.b.transposed), Rows(copy))
    var group = TaskGroup(method: method(target, on: backend))
    let accesses: [Access<CPUBackend>] = [
      .matrix("matrix", matmul.b, .read), .matrix("copy", copy, .write, .rows),
    ]
    group.add(
      CPUTask(
        "Transpose", work: source.rows * source.columns, rows: target.rows,
        size: .bytes(TaskGroup.byteCount(of: accesses))
      ) { [blas = backend.blas] part in
        blas.transpose(source, columns: part.rows(of: target.rows), into: target)
      }, accesses)
    group.append(product.direct(name, by: copy, on: backend))
    return group
  }

  private func method(_ copy: Rows, on backend: CPUBackend) -> String {
    let method = backend.products.method(alpha: 1, beta: 0, copy)
    return method + (way == .copyEach ? ", a copy each" : ", by a copy")
  }
}
