import Lamina

/// The last dense layer with its softmax cross-entropy, and the delta of its input: one kernel for few
/// outputs.
struct OutputLayerRule: KernelRule {
  let name = "output layer"

  func replacement(
    for items: ArraySlice<KernelItem>, on backend: OpenCLBackend
  ) throws(BackendError) -> KernelReplacement? {
    guard let layer = OutputLayer(items.plain(5)), let tile = backend.outputTile(for: layer) else {
      return nil
    }
    let operations = items.plain(layer.count)
    // The kernel's local memory follows from both sizes of the layer.
    let kept: Set = [layer.input.columns, layer.loss.outputs.columns]
    var sizes = SmallSizes(batch: layer.input.rows, others: [], kept: kept)
    sizes.setBatch(layer.input.rows, to: tile.rowsPerGroup + tile.rows / 2 + 1)
    guard try backend.isRight(name, operations, sizes: sizes) else { return nil }
    return KernelReplacement(
      count: layer.count,
      by: [KernelItem(.outputLayer(layer, tile), by: name, for: items.prefix(layer.count))])
  }

  func form(
    of operations: [Operation<OpenCLBackend>], on backend: OpenCLBackend
  ) -> FusedKernel? {
    guard let layer = OutputLayer(operations), layer.count == operations.count,
      let tile = backend.outputTile(for: layer)
    else { return nil }
    return .outputLayer(layer, tile)
  }
}

/// The last dense layer of a network with its loss, and the delta of its input.
struct OutputLayer {
  /// The input of the layer, batch × inputs.
  let input: Matrix<OpenCLBackend>
  let weights: Matrix<OpenCLBackend>
  let bias: Vector<OpenCLBackend>
  /// The loss of the layer's outputs.
  let loss: Operation<OpenCLBackend>.LossEvaluation
  /// The delta of the input with the activation that made the input, identity for none; nil where
  /// it is not wanted.
  let inputDelta: (activation: Activation, delta: Matrix<OpenCLBackend>)?
  /// The number of its operations.
  let count: Int

  /// The layer that the first operations of a list are; nil where they are none.
  init?(_ operations: [Operation<OpenCLBackend>]) {
    guard operations.count >= 3, case .matmul(let product) = operations[0],
      case .activation(let activation) = operations[1],
      activation.follows(product), let bias = activation.bias, case .loss(let loss) = operations[2],
      activation.activation == .identity, loss.outputs.isSame(as: product.c),
      !product.a.isTransposed, !product.b.isTransposed
    else { return nil }
    (input, weights, self.bias, self.loss) = (product.a, product.b, bias, loss)
    guard operations.count > 3, case .matmul(let back) = operations[3], back.isPlain,
      back.a.isSame(as: loss.delta), back.b.isSame(as: product.b.transposed)
    else {
      (inputDelta, count) = (nil, 3)
      return
    }
    if operations.count > 4, case .activationDelta(let delta) = operations[4],
      delta.delta.isSame(as: back.c), delta.saved.isSame(as: product.a),
      delta.activation.derivativeSource == .output
    {
      (inputDelta, count) = ((delta.activation, back.c), 5)
    } else {
      (inputDelta, count) = ((.identity, back.c), 4)
    }
  }
}

extension SmallSizes {
  /// Sets the rows of a batch, unless its number is another's too.
  fileprivate mutating func setBatch(_ batch: Int, to size: Int) {
    if self(batch) != batch { replace(batch, by: size) }
  }
}

extension OpenCLBackend {
  /// The tile by which `output_layer.cl` computes a layer; nil where it can't.
  func outputTile(for layer: OutputLayer) -> OutputTile? {
    let weights = layer.weights
    guard weights.stride % shape.width == 0 else { return nil }
    return outputTile(layer.loss.loss, inputs: weights.rows, columns: weights.columns)
  }

  /// The same for a layer whose rows are padded.
  func outputTile(_ loss: Loss, inputs: Int, columns: Int) -> OutputTile? {
    guard case .softmaxCrossEntropy = loss else { return nil }
    let tile = OutputTile(inputs: inputs, columns: columns, on: shape)
    return tile.isSmall && tile.localBytes <= planner.localMemory
      && shape.lanes <= planner.largestGroup ? tile : nil
  }
}

extension CommandEncoder {
  /// Adds `output_layer.cl` for a layer that fits the tile.
  func encode(_ layer: OutputLayer, by tile: OutputTile) throws(BackendError) {
    let (input, weights, loss) = (layer.input, layer.weights, layer.loss)
    let (outputs, delta, inputDelta) = (loss.outputs, loss.delta, layer.inputDelta?.delta)
    let activation = layer.inputDelta?.activation ?? .identity
    products = layer.profiled
    defer { products = [] }
    try add(
      .outputLayer,
      headers: [activation.kernelHeader, .targets, .softmaxCrossEntropyRow, .outputRows],
      macros: loss.macros + (layer.inputDelta?.activation.macros ?? [])
        + ["ROWS=\(tile.rows)", "OUTPUT_VECTORS=\(tile.vectors)"],
      [
        .fields([
          .count(input.rows), .count(input.columns), .count(weights.columns),
          .count(inputDelta?.columns ?? 0), .count(input.stride), .count(weights.stride),
          .count(outputs.stride), .count(delta.stride), .count(inputDelta?.stride ?? 0),
          .count(tile.turnedStride), .float(loss.lossScale), .float(loss.deltaScale),
        ]), .firstIndex, .buffer(input), .buffer(weights), .buffer(layer.bias),
        .buffer(loss.batch.indices), .buffer(loss.targets),
      ] + (loss.weights.map { [.buffer($0)] } ?? []) + [
        .buffer(outputs), .buffer(delta), .buffer(loss.meter.losses), .buffer(loss.meter.hits),
        .buffer(inputDelta ?? delta), .local(tile.turnedBytes), .local(tile.scratchBytes),
      ],
      WorkSize(
        global: (shape.lanes, min(input.rows.divided(by: tile.rowsPerGroup), WorkShape.mostGroups)),
        local: (shape.lanes, 1)))
  }
}

extension OutputLayer {
  /// Its products, forward and back.
  fileprivate var profiled: [Profile.Work] {
    let (rows, inputs, outputs) = (input.rows, input.columns, loss.outputs.columns)
    let forward = Profile.Work.product("", rows: rows, columns: outputs, depth: inputs)
    guard inputDelta != nil else { return [forward] }
    return [forward, .product("", rows: rows, columns: inputs, depth: outputs)]
  }
}

/// The shape of the work of `output_layer.cl`: see there.
struct OutputTile: Hashable {
  /// Rows that a group takes at a time.
  let rows: Int
  /// Vectors that hold a row of outputs.
  let vectors: Int
  /// Rows that a group takes in all: so many that its copy of the weights pays.
  let rowsPerGroup: Int
  /// The distance of the rows of that copy.
  let turnedStride: Int
  /// True if the sums of the rows fit into registers.
  let isSmall: Bool
  /// Bytes of local memory for the turned weights.
  let turnedBytes: Int
  /// Bytes of local memory for sums over the work-items of a group.
  let scratchBytes: Int
  /// Bytes of local memory of a group.
  var localBytes: Int { turnedBytes + scratchBytes }

  init(inputs: Int, columns: Int, on shape: WorkShape) {
    vectors = columns.divided(by: shape.width)
    turnedStride = inputs.rounded(upTo: shape.width)
    turnedBytes = columns * turnedStride * MemoryLayout<Float>.stride
    scratchBytes = shape.lanes * shape.width * MemoryLayout<Float>.stride
    if shape.lanes == 1 {
      // Eight sums keep a core busy, which needs four cycles for each and does two at a time.
      rows = max(4, 8 / vectors)
      rowsPerGroup = max(rows, inputs / 16)
      isSmall = vectors <= 4
    } else {
      rows = 1
      rowsPerGroup = 1
      isSmall = vectors <= 8
    }
  }
}
