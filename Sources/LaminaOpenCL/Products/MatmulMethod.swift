import Lamina

/// A way to compute a product on a device.
enum MatmulMethod: Hashable, Sendable {
  /// CLBlast; the epilogue takes kernels of its own.
  case clblast
  /// CLBlast with other parameters than the device's usual ones.
  case tunedCLBlast(CLBlastVariant)
  /// `matmul_vector.cl` with tiles of `rows` × `vectors`, and `tiles` of them a work-item: `b`
  /// must not be transposed.
  case vector(rows: Int, vectors: Int, tiles: Int)
  /// `matmul_packed.cl` with tiles of `rows` × `vectors`, `tiles` of them a work-item, and
  /// blocks of `block` terms.
  case packed(rows: Int, vectors: Int, tiles: Int, block: Int)
  /// `matmul_dot.cl`, each work-item taking `steps` blocks of 16 columns: `b` must be transposed.
  case dot(steps: Int)
  /// `matmul_tiled.cl` with one of the tiles there are; above one part, the depth is cut into parts
  /// that `matmul_parts.cl` adds up.
  case tiled(Tile, parts: Int)
  /// `matmul_lanes.cl`: see ``LaneTile``.
  case lanes(rows: Int, vectors: Int, lanes: Int)
  /// `matmul_tensor.cl` with tiles of a size that ``TensorTile`` has, in a precision other than fp32,
  /// and the depth in parts as for tiles.
  case tensor(size: Int, precision: Precision, parts: Int)

  /// True if this method can compute `product`.
  func supports(_ product: MatrixProduct, on shape: WorkShape) -> Bool {
    supports(product.key, hasPaddedRows: product.hasPaddedRows(width: 16), on: shape)
  }

  /// True if this method can compute a product, whose rows begin at multiples of 16 or not.
  func supports(_ product: ProductShape, hasPaddedRows: Bool, on shape: WorkShape) -> Bool {
    if product.rows.divided(by: groupShape.rows) > WorkShape.mostGroups, !isCLBlast { return false }
    return switch self {
    case .clblast, .tunedCLBlast: true
    case .vector(let rows, let vectors, let tiles):
      shape.width == 16 && !product.transposesB && hasPaddedRows
        && (1...16).contains(rows) && (1...4).contains(vectors) && tiles > 0
    case .packed: shape.width == 16 && hasPaddedRows
    case .dot:
      shape.width == 16 && product.transposesB && !product.transposesA && hasPaddedRows
    case .tiled(_, let parts): shape.width == 4 && parts > 0
    case .lanes(let rows, let vectors, let lanes):
      shape.width == 4
        && LaneTile(rows: rows, vectors: vectors, lanes: lanes)
          .isValid(transposesA: product.transposesA)
    case .tensor(let size, let precision, let parts):
      shape.width == 4 && TensorTile(size: size, precision) != nil && parts > 0
        && !(product.epilogue == .update && product.transposesB)
    }
  }

  /// True if the epilogue of updates changes the parameters within the product's kernel.
  var updatesParameters: Bool { !isCLBlast }

  /// The precision of the factors.
  var precision: Precision {
    if case .tensor(_, let precision, _) = self { precision } else { .fp32 }
  }

  private var isCLBlast: Bool {
    switch self {
    case .clblast, .tunedCLBlast: true
    default: false
    }
  }

  /// The work-items of each of its groups.
  var groupSize: Int {
    switch self {
    case .clblast, .tunedCLBlast, .vector, .packed, .dot: 1
    case .tiled(let tile, _): tile.items
    case .lanes(_, let vectors, let lanes): vectors * lanes
    case .tensor(let size, let precision, _): TensorTile(size: size, precision)?.groupSize ?? 1
    }
  }
}

extension MatmulMethod {
  /// Bytes of local memory that a group takes at most.
  var localBytes: Int {
    switch self {
    case .clblast, .tunedCLBlast, .vector, .dot: 0
    case .packed(let rows, let vectors, let tiles, let block):
      (block + rows * tiles) * vectors * 16 * MemoryLayout<Float>.stride
    case .tiled(let tile, _): tile.localBytes
    case .lanes(let rows, let vectors, let lanes):
      LaneTile(rows: rows, vectors: vectors, lanes: lanes).localBytes(sumsBias: true)
    case .tensor(let size, let precision, _): TensorTile(size: size, precision)?.localBytes ?? 0
    }
  }
}

extension CommandEncoder {
  /// Adds the kernels of a product with everything that follows it, by a method that supports it.
  func encode(
    _ product: MatrixProduct, by method: MatmulMethod, _ clblast: CLBlastMatmul
  ) throws(BackendError) {
    products = [product.profiled]
    defer { products = [] }
    switch method {
    case .clblast: try encode(product, by: clblast, clblast.parameters(nil))
    case .tunedCLBlast(let variant):
      try encode(product, by: clblast, clblast.parameters(variant))
    case .vector(let rows, let vectors, let tiles):
      try add(
        .matmulVector, headers: product.epilogue.headers + [.vectorTile],
        macros: product.epilogue.macros
          + product.vectorMacros(rows: rows, vectors: vectors),
        product.kernelArguments(tiles: tiles) + product.biasArguments,
        WorkSize(
          global: (
            product.columns.divided(by: 16 * vectors), product.rows.divided(by: rows * tiles)
          ), local: (1, 1)))
    case .packed(let rows, let vectors, let tiles, let block):
      try encodePacked(product, rows: rows, vectors: vectors, tiles: tiles, block: block)
    case .dot(let steps):
      try add(
        .matmulDot, headers: product.epilogue.headers + [.dotTile],
        macros: product.epilogue.macros + ["BLOCKS=\(steps)"], product.kernelArguments,
        WorkSize(
          global: (product.columns.divided(by: 16 * steps), product.rows.divided(by: 4)),
          local: (1, 1)))
    case .tiled(let tile, let parts):
      if parts == 1 {
        try encodeTiled(product, tile)
      } else {
        try encodeTiled(product, tile, parts: parts)
      }
    case .lanes(let rows, let vectors, let lanes):
      try encodeLanes(product, LaneTile(rows: rows, vectors: vectors, lanes: lanes))
    case .tensor(let size, let precision, let parts):
      guard let tile = TensorTile(size: size, precision) else {
        preconditionFailure("a tile of \(size) in \(precision)")
      }
      try encodeTensor(product, tile, parts: parts)
    }
  }

  private func encodePacked(
    _ product: MatrixProduct, rows: Int, vectors: Int, tiles: Int, block: Int
  ) throws(BackendError) {
    var macros = product.vectorMacros(rows: rows, vectors: vectors)
    macros.append("BLOCK=\(block)")
    if product.b.isTransposed { macros.append("TRANSPOSED_B") }
    let rowBytes = 16 * vectors * MemoryLayout<Float>.stride
    try add(
      .matmulPacked, headers: product.epilogue.headers, macros: product.epilogue.macros + macros,
      product.kernelArguments(tiles: tiles) + [
        .local(block * rowBytes), .local(rows * tiles * rowBytes),
      ]
        + product.biasArguments,
      WorkSize(
        global: (
          product.columns.divided(by: 16 * vectors), product.rows.divided(by: rows * tiles)
        ), local: (1, 1)))
  }

  /// The product alone by CLBlast, then its epilogue, one kernel after the other. The parameters
  /// of updates come last.
  func encode(
    _ product: MatrixProduct, by clblast: CLBlastMatmul, _ parameters: CLBlastParameters
  ) throws(BackendError) {
    func multiply(alpha: Float = 1, beta: Float = 0) throws(BackendError) {
      add(
        try clblast.command(
          product.a, product.b, alpha: alpha, beta: beta, into: product.c, by: parameters))
    }
    let c = product.c
    switch product.epilogue {
    case .plain(let alpha, let beta):
      try multiply(alpha: alpha, beta: beta)
    case .activation(let activation, let bias):
      try multiply()
      try encode(.activation(activation, of: c, bias: bias, into: c))
    case .derivative(let activation, let output):
      try multiply()
      try encode(.activationDelta(activation, saved: output, on: c))
    case .update(let update):
      try multiply(beta: update.momentum)
      for operation in update.operationsAfterProduct { try encode(operation) }
    }
  }
}

extension LayerUpdate {
  /// The operations after the product that accumulates the gradients of the weights.
  var operationsAfterProduct: [Operation<OpenCLBackend>] {
    [.columnSums(of: delta, beta: momentum, into: velocity.bias)] + updates
  }

  /// The changes of weights and bias.
  var updates: [Operation<OpenCLBackend>] {
    let optimizer = Optimizer.sgd(SGD(learningRate: learningRate))
    return [
      .update(parameters.weights.memory, gradients: velocity.weights.memory, by: optimizer),
      .update(parameters.bias, gradients: velocity.bias, by: optimizer),
    ]
  }
}

extension MatrixProduct {
  fileprivate func vectorMacros(rows: Int, vectors: Int) -> [String] {
    var macros = ["ROWS=\(rows)", "VECTORS=\(vectors)"]
    if a.isTransposed { macros.append("TRANSPOSED_A") }
    if sumsBias { macros.append("SUMS_BIAS") }
    return macros
  }

  /// The arguments of kernels for products on processors.
  var kernelArguments: [KernelArgument] { kernelArguments(tiles: 1) }

  /// The same for groups of several tiles.
  func kernelArguments(tiles: Int) -> [KernelArgument] {
    arguments(.float, results: .float, tiles: tiles)
  }

  /// The arguments of kernels that load by `operands.clh`.
  func tileArguments(results: KernelArgument.NumberType = .float) -> [KernelArgument] {
    arguments(operandType, results: results, tiles: 1)
  }

  private func arguments(
    _ operandType: KernelArgument.NumberType, results: KernelArgument.NumberType, tiles: Int
  ) -> [KernelArgument] {
    [
      .fields([
        .count(rows), .count(columns), .count(depth), .count(a.stride), .count(b.stride),
        .count(c.stride), .count(tiles),
      ]), .buffer(a, operandType),
      .buffer(b, operandType), .buffer(c, results),
    ] + epilogue.arguments(results: results)
  }

  /// Further arguments of kernels that sum the bias.
  var biasArguments: [KernelArgument] {
    guard case .update(let update) = epilogue else { return [] }
    return [.buffer(update.velocity.bias), .buffer(update.parameters.bias)]
  }
}

extension Int {
  /// The number of parts of `size` that cover this number.
  func divided(by size: Int) -> Int { (self + size - 1) / size }
}
