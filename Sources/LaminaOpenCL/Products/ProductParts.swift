import Lamina

/// A product whose depth is cut into parts, each of which stores its sums in a matrix of its own.
struct ProductParts {
  let product: MatrixProduct
  /// The number of parts, which may be less than what was asked for.
  let count: Int
  /// The terms of a part.
  private let depth: Int
  /// The rows of a part's matrix, with those of the bias, and their distance.
  private let rows, stride: Int
  private let sums: KernelArgument

  /// - Parameters:
  ///   - slice: The terms that a kernel has in local memory at a time; parts are whole slices.
  ///   - scratch: Memory for the sums.
  init(
    _ product: MatrixProduct, parts: Int, slice: Int, _ scratch: Scratch
  ) throws(BackendError) {
    self.product = product
    depth = product.depth.divided(by: slice).divided(by: parts) * slice
    count = product.depth.divided(by: depth)
    stride = product.columns.rounded(upTo: 4)
    rows = product.rows + (product.sumsBias ? 1 : 0)
    let memory = try scratch.reserve(count * rows * stride * MemoryLayout<Float>.stride)
    sums = .memory(memory, offset: 0, byteCount: memory.byteCount, .fours)
  }

  /// The arguments of a kernel with the epilogue PART, without its local memory.
  var arguments: [KernelArgument] {
    [
      .fields([
        .count(product.rows), .count(product.columns), .count(product.depth),
        .count(product.a.stride), .count(product.b.stride), .count(stride), .count(1),
      ]), .buffer(product.a, product.operandType), .buffer(product.b, product.operandType), sums,
      .count(depth), .count(rows),
    ]
  }

  fileprivate var addingArguments: [KernelArgument] {
    [
      .count(product.rows), .count(product.columns), .count(count), .count(stride),
      .count(product.c.stride), sums, .buffer(product.c, product.resultType),
    ] + product.epilogue.arguments(results: product.resultType) + product.biasArguments
  }

  fileprivate var addingWork: WorkSize {
    WorkSize(global: ((stride / 4).rounded(upTo: 8), rows.rounded(upTo: 8)), local: (8, 8))
  }
}

extension CommandEncoder {
  /// Adds the kernel that adds up parts in a fixed order, and has the product's epilogue.
  func addUp(_ parts: ProductParts) throws(BackendError) {
    try add(
      .matmulParts, headers: parts.product.epilogue.headers,
      macros: parts.product.epilogue.macros + parts.product.resultMacros
        + (parts.product.sumsBias ? ["SUMS_BIAS"] : []),
      parts.addingArguments, parts.addingWork)
  }
}
