import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// One kernel for softmax cross-entropy over few columns, once it has shown that it computes
  /// right; else the separate operations.
  public func enqueueOutputLayer(_ layer: OutputLayer<OpenCLBackend>) throws(BackendError) {
    guard let tile = outputTile(for: layer) else { return try enqueueParts(of: layer) }
    let trial = KernelTrial.outputLayer(
      OutputLayerTrialForm(
        loss: layer.loss.form, inputs: layer.input.columns,
        inputActivation: layer.inputDelta?.activation))
    if try isRight(trial) { try enqueue(layer, by: tile) } else { try enqueueParts(of: layer) }
  }

  /// How `output_layer.cl` would compute a layer; nil where it can't.
  func outputTile(for layer: OutputLayer<OpenCLBackend>) -> OutputTile? {
    let weights = layer.parameters.weights
    guard !weights.isTransposed, weights.stride % shape.width == 0 else { return nil }
    return outputTile(layer.loss.loss, inputs: weights.rows, columns: weights.columns)
  }

  /// The same for a layer whose rows are padded.
  func outputTile(_ loss: Loss, inputs: Int, columns: Int) -> OutputTile? {
    guard case .softmaxCrossEntropy = loss else { return nil }
    let tile = OutputTile(inputs: inputs, columns: columns, on: shape)
    return tile.isSmall && tile.localBytes <= planner.localMemory
      && shape.lanes <= planner.largestGroup ? tile : nil
  }

  /// What a program is made for.
  func macros(_ tile: OutputTile, for layer: OutputLayer<OpenCLBackend>) -> [String] {
    layer.loss.macros + (layer.inputDelta?.activation.macros ?? [])
      + ["ROWS=\(tile.rows)", "OUTPUT_VECTORS=\(tile.vectors)"]
  }

  /// Computes a layer, which must fit the tile.
  func enqueue(
    _ layer: OutputLayer<OpenCLBackend>, by tile: OutputTile
  ) throws(BackendError) {
    let (input, weights, loss) = (layer.input, layer.parameters.weights, layer.loss)
    let (outputs, delta, inputDelta) = (loss.outputs, loss.delta, layer.inputDelta?.delta)
    let activation = layer.inputDelta?.activation ?? .identity
    products = layer.products
    defer { products = [] }
    try perform(
      .outputLayer,
      headers: [
        activation.kernelHeader, .targets, .softmaxCrossEntropyRow, .outputRows,
      ],
      macros: macros(tile, for: layer),
      [
        .fields([
          .count(input.rows), .count(input.columns), .count(weights.columns),
          .count(inputDelta?.columns ?? 0), .count(input.stride), .count(weights.stride),
          .count(outputs.stride), .count(delta.stride), .count(inputDelta?.stride ?? 0),
          .count(tile.turnedStride), .float(loss.lossScale), .float(loss.deltaScale),
        ]), .firstIndex, .buffer(input.storage), .buffer(weights.storage),
        .buffer(layer.parameters.bias.storage), .buffer(loss.batch.indices.storage),
        .buffer(loss.targets.storage),
      ] + (loss.weights.map { [.buffer($0.storage)] } ?? []) + [
        .buffer(outputs.storage), .buffer(delta.storage), .buffer(loss.meter.losses.storage),
        .buffer(loss.meter.hits.storage), .buffer((inputDelta ?? delta).storage),
        .local(tile.turnedBytes), .local(tile.scratchBytes),
      ],
      WorkSize(
        global: (shape.lanes, min(input.rows.divided(by: tile.rowsPerGroup), WorkShape.mostGroups)),
        local: (shape.lanes, 1)))
  }
}

extension OutputLayer<OpenCLBackend> {
  /// Forward and backward.
  fileprivate var products: [MatrixProduct] {
    let forward = MatrixProduct(
      a: input, b: parameters.weights, c: loss.outputs,
      epilogue: .activation(loss.activation, bias: parameters.bias))
    guard let inputDelta else { return [forward] }
    return [
      forward,
      MatrixProduct(
        a: loss.delta, b: parameters.weights.transposed, c: inputDelta.delta,
        epilogue: .derivative(inputDelta.activation, output: input)),
    ]
  }
}

/// How `output_layer.cl` cuts its work: see there.
struct OutputTile: Hashable {
  /// Rows that a group takes at a time.
  let rows: Int
  /// Vectors that hold a row of outputs.
  let vectors: Int
  /// Rows that a group takes in all: so many that its copy of the weights pays.
  let rowsPerGroup: Int
  /// The distance of the rows of that copy.
  let turnedStride: Int
  /// Whether the sums of the rows fit into registers.
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
