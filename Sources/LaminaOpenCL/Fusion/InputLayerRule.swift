import Lamina

/// The gathering of a batch and the first dense layer: one kernel for small layers on processors.
struct InputLayerRule: KernelRule {
  let name = "input layer"

  func replacement(
    for items: ArraySlice<KernelItem>, on backend: OpenCLBackend
  ) throws(BackendError) -> KernelReplacement? {
    let operations = items.plain(3)
    guard let form = form(of: operations, on: backend),
      case .inputLayer(let layer, let tile) = form,
      backend.isWorth(layer, tile)
    else { return nil }
    let gather = layer.gather
    let sizes = SmallSizes(
      batch: gather.batch.count, others: [gather.examples.columns, layer.product.columns])
    guard try backend.isRight(name, operations, sizes: sizes) else { return nil }
    return KernelReplacement(
      count: 3, by: [KernelItem(form, by: name, for: items.prefix(3))])
  }

  func form(
    of operations: [Operation<OpenCLBackend>], on backend: OpenCLBackend
  ) -> FusedKernel? {
    guard operations.count == 3, case .gather(let gather) = operations[0],
      let product = ActivationRule().product(of: Array(operations[1...])),
      product.a.isSame(as: gather.output), !product.b.isTransposed
    else { return nil }
    return .inputLayer(
      InputLayer(gather: gather, product: product),
      InputTile(rows: 8, vectors: product.columns > 16 ? 2 : 1))
  }
}

/// The gathering of a batch and the dense layer that takes it.
struct InputLayer {
  let gather: Operation<OpenCLBackend>.Gather
  /// With bias and activation.
  let product: MatrixProduct
}

/// The tiles of `input_layer.cl`.
struct InputTile: Hashable {
  let rows, vectors: Int
}

extension OpenCLBackend {
  /// True if `input_layer.cl` computes a layer faster than other kernels: each group reads all
  /// weights, which must stay in a core's cache.
  fileprivate func isWorth(_ layer: InputLayer, _ tile: InputTile) -> Bool {
    let product = layer.product
    let weightBytes = product.depth * product.b.stride * MemoryLayout<Float>.stride
    guard shape.lanes == 1, weightBytes <= 512 << 10,
      product.rows * product.columns * product.depth <= 1 << 24,
      case .vector = presumedMethod(for: product)
    else { return false }
    return true
  }
}

extension CommandEncoder {
  /// Adds `input_layer.cl`.
  func encode(_ layer: InputLayer, by tile: InputTile) throws(BackendError) {
    let (product, gather) = (layer.product, layer.gather)
    let form = GatherForm(gather.examples, gather.scaling, on: device)
    guard case .activation(let activation, _) = product.epilogue else {
      preconditionFailure("an input layer has an activation")
    }
    products = [product.profiled]
    defer { products = [] }
    try add(
      .inputLayer, headers: [activation.kernelHeader, .epilogues, .vectorTile, .gatherRow],
      macros: product.epilogue.macros + form.macros
        + ["ROWS=\(tile.rows)", "VECTORS=\(tile.vectors)"],
      [
        .fields([
          .count(product.rows), .count(product.columns), .count(product.depth),
          .count(product.a.stride), .count(product.b.stride), .count(product.c.stride),
          .count(1), .count(gather.batch.indices.count),
        ]), .firstIndex,
      ] + form.scale + [
        .buffer(gather.batch.indices), .buffer(gather.examples), .buffer(product.a),
        .buffer(product.b), .buffer(product.c),
      ] + product.epilogue.arguments(),
      WorkSize(global: (1, product.rows.divided(by: tile.rows)), local: (1, 1)))
  }
}
