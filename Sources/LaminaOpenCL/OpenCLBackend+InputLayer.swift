import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// One kernel for small layers on processors, once it has shown that it computes right; else the
  /// separate operations.
  public func enqueueInputLayer(_ layer: InputLayer<OpenCLBackend>) throws(BackendError) {
    guard let tile = inputTile(for: layer) else { return try enqueueParts(of: layer) }
    let trial = KernelTrial.inputLayer(
      InputLayerTrialForm(
        examples: layer.examples.form(layer.scaling), activation: layer.activation, tile: tile))
    if try isRight(trial) { try enqueue(layer, by: tile) } else { try enqueueParts(of: layer) }
  }

  /// How `input_layer.cl` would compute a layer; nil where it can't, or another way is better: each
  /// group reads all weights, which must stay in a core's cache.
  private func inputTile(for layer: InputLayer<OpenCLBackend>) -> InputTile? {
    let product = layer.product
    let weightBytes = product.depth * product.b.stride * MemoryLayout<Float>.stride
    guard shape.lanes == 1, weightBytes <= 512 << 10,
      product.rows * product.columns * product.depth <= 1 << 24,
      case .vector = presumedMethod(for: product)
    else { return nil }
    return InputTile(rows: 8, vectors: product.columns > 16 ? 2 : 1)
  }

  /// Computes a layer.
  func enqueue(
    _ layer: InputLayer<OpenCLBackend>, by tile: InputTile
  ) throws(BackendError) {
    let product = layer.product
    let form = GatherForm(layer.examples, layer.scaling, on: device)
    products = [product]
    defer { products = [] }
    try perform(
      .inputLayer,
      headers: [layer.activation.kernelHeader, .epilogues, .vectorTile, .gatherRow],
      macros: layer.macros(tile, on: device),
      [
        .fields([
          .count(product.rows), .count(product.columns), .count(product.depth),
          .count(product.a.stride), .count(product.b.stride), .count(product.c.stride),
          .count(1), .count(layer.batch.indices.count),
        ]), .firstIndex,
      ] + form.scale + [
        .buffer(layer.batch.indices.storage), layer.examples.argument,
        .buffer(product.a.storage), .buffer(product.b.storage), .buffer(product.c.storage),
      ] + product.epilogue.arguments,
      WorkSize(global: (1, product.rows.divided(by: tile.rows)), local: (1, 1)))
  }
}

/// The tiles of `input_layer.cl`.
struct InputTile: Hashable, Codable {
  let rows, vectors: Int
}

extension InputLayer<OpenCLBackend> {
  /// What follows the gathering.
  fileprivate var product: MatrixProduct {
    MatrixProduct(
      a: input, b: parameters.weights, c: output,
      epilogue: .activation(activation, bias: parameters.bias))
  }

  /// What a program is made for.
  fileprivate func macros(_ tile: InputTile, on device: DeviceDescription) -> [String] {
    product.epilogue.macros + GatherForm(examples, scaling, on: device).macros
      + ["ROWS=\(tile.rows)", "VECTORS=\(tile.vectors)"]
  }
}
