import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// One kernel for small networks on processors, which takes many steps in one launch, once it has
  /// shown that it computes right.
  public func enqueueDenseStep(
    _ step: DenseStep<OpenCLBackend>
  ) throws(BackendError) -> Bool {
    guard let tile = denseTile(for: step), let steps = DenseSteps(step, tile) else { return false }
    let isRight = try isRight(
      .denseSteps(macros: steps.macros(on: device), steps.hiddenActivation)
    ) { () throws(BackendError) in
      try DenseStepTrial(like: step, tile, on: self).mismatch()
    }
    if isRight { try enqueue(steps) }
    return isRight
  }

  /// How `dense_steps.cl` would take a step; nil where it can't, or operation after operation may be
  /// better: a worker reads all weights for a few rows, so that they must be in a cache, and rows of
  /// more than 512 numbers want copies of parts.
  func denseTile(for step: DenseStep<OpenCLBackend>) -> DenseTile? {
    let layers = step.layers.map(\.update)
    let weights = layers.reduce(0) {
      $0 + $1.parameters.weights.rows * $1.parameters.weights.stride
    }
    guard shape.lanes == 1, queue.device.ordersAtomics, !forcesOtherTiles, let last = layers.last,
      weights * MemoryLayout<Float>.stride <= 4 << 20,
      layers.allSatisfy({ $0.delta.columns <= 512 }),
      let output = outputTile(
        step.loss.loss, inputs: last.input.columns, columns: last.delta.columns),
      output.vectors <= DenseTile.largestOutput
    else { return nil }
    return DenseTile(
      vectors: layers.contains { $0.delta.columns > shape.width } ? 2 : 1, output: output)
  }

  /// Whether tests want products computed by other kernels.
  private var forcesOtherTiles: Bool {
    switch forcedMethod {
    case nil, .vector: false
    default: true
    }
  }

  /// Enqueues a step, which waits for others to go with it.
  ///
  /// - Parameter workers: How many there are; when nil as many as can be busy at a time.
  func enqueue(_ steps: DenseSteps, workers: Int? = nil) throws(BackendError) {
    products = steps.products
    defer { products = [] }
    let tasks = steps.tasks(planner)
    let workers = workers ?? min(planner.computeUnits, max(tasks.rows, tasks.updates))
    // Three counters and one for each worker, each in a cache line of its own.
    let counters = try makeStorage(byteCount: (3 + workers) * 64)
    let form = GatherForm(steps.step.examples, steps.step.scaling, on: device)
    let (loss, meter) = (steps.step.loss, steps.step.loss.meter)
    var arguments: [KernelArgument] = [.fields(steps.sizes(tasks)), .steps]
    arguments += form.scale
    arguments += [
      .buffer(counters), .buffer(loss.batch.indices.storage),
      .buffer(steps.step.examples.storage), .buffer(loss.targets.storage),
    ]
    if let weights = loss.weights { arguments.append(.buffer(weights.storage)) }
    arguments += [
      .buffer(steps.step.parameters.storage), .buffer(steps.step.velocity.storage),
      .buffer(meter.losses.storage), .buffer(meter.hits.storage),
      .buffer(steps.layers[0].product.a.storage),
    ]
    for layer in steps.step.layers {
      arguments += [.buffer(layer.output.storage), .buffer(layer.update.delta.storage)]
    }
    arguments += [
      .local(steps.tile.output.turnedBytes), .local(steps.tile.output.scratchBytes),
    ]
    let kernel = try kernel(
      .denseSteps,
      headers: [
        steps.hiddenActivation.kernelHeader, .epilogues, .vectorTile, .dotTile, .layerUpdate,
        .hiddenRows, .gatherRow, .targets, .softmaxCrossEntropyRow, .outputRows, .tasks,
      ], macros: steps.macros(on: device))
    try performSteps(
      kernel, arguments, steps.step.rule,
      WorkSize(global: (workers, 1), local: (1, 1)))
  }
}

/// How `dense_steps.cl` cuts the layers.
struct DenseTile: Hashable {
  /// Rows of a tile, and of the batch for a task.
  let rows = 8
  /// Vectors of a tile.
  let vectors: Int
  /// The output layer's.
  let output: OutputTile

  /// The vectors of a row of outputs for which there are registers enough.
  static let largestOutput = 2
}

/// The steps of a network as `dense_steps.cl` takes them.
struct DenseSteps {
  let step: DenseStep<OpenCLBackend>
  let tile: DenseTile
  /// With the products of their updates.
  let layers: [JointUpdate.Layer]
  /// The activation of all hidden layers.
  let hiddenActivation: Activation

  /// Nil for a network that the kernel can't take.
  init?(_ step: DenseStep<OpenCLBackend>, _ tile: DenseTile) {
    let hidden = Set(step.layers.dropLast().map(\.activation))
    guard (1...4).contains(step.layers.count), hidden.count <= 1 else { return nil }
    layers = step.layers.compactMap { layer in
      let update = layer.update
      let product = MatrixProduct(
        a: update.input.transposed, b: update.delta, c: update.velocity.weights,
        epilogue: .update(update, step.rule))
      guard product.hasPaddedRows(width: 16), layer.update.input.stride % 16 == 0 else {
        return nil
      }
      return JointUpdate.Layer(
        update, product, parameters: step.parameters.storage, velocity: step.velocity.storage)
    }
    guard layers.count == step.layers.count else { return nil }
    self.step = step
    self.tile = tile
    hiddenActivation = hidden.first ?? .identity
  }

  /// What a program is made for.
  func macros(on device: DeviceDescription) -> [String] {
    step.loss.macros + hiddenActivation.macros
      + GatherForm(step.examples, step.scaling, on: device).macros + [
        "EPILOGUE=STEP", "LAYERS=\(layers.count)", "STEPS=\(StepsLaunch.capacity)",
        "ROWS=\(tile.rows)", "VECTORS=\(tile.vectors)", "OUTPUT_VECTORS=\(tile.output.vectors)",
      ]
  }

  /// The tasks of a step.
  struct Tasks {
    let rows: Int
    /// Groups of tiles, of each layer and those before it.
    let updateEnds: [Int]
    /// Tiles of a group.
    let tiles: Int

    var updates: Int { updateEnds.last ?? 0 }
  }

  func tasks(_ planner: MatmulPlanner) -> Tasks {
    let rows = step.loss.outputs.rows.divided(by: tile.rows)
    let tiles = planner.tilesPerGroup(
      of: layers.map(\.product), rows: tile.rows, vectors: tile.vectors)
    var ends: [Int] = []
    for layer in layers {
      let groups =
        layer.product.rows.divided(by: tile.rows * tiles)
        * layer.product.columns.divided(by: 16 * tile.vectors)
      ends.append((ends.last ?? 0) + groups)
    }
    return Tasks(rows: rows, updateEnds: ends, tiles: tiles)
  }

  /// `StepSizes` in the kernel.
  func sizes(_ tasks: Tasks) -> [KernelArgument.Field] {
    let loss = step.loss
    var fields: [KernelArgument.Field] = [
      .count(loss.outputs.rows), .count(loss.batch.indices.count), .count(loss.outputs.stride),
      .count(tile.output.turnedStride), .count(tasks.rows), .count(tasks.updates),
      .count(tasks.tiles), .float(step.rule.momentum), .float(loss.lossScale),
      .float(loss.deltaScale),
    ]
    for (layer, end) in zip(layers, tasks.updateEnds) {
      let product = layer.product
      fields += [
        .count(product.rows), .count(product.columns), .count(product.a.stride),
        .count(product.b.stride), .count(product.c.stride), .count(layer.weights),
        .count(layer.bias), .count(end),
      ]
    }
    return fields
  }

  /// All products of a step: forward, back, updates.
  var products: [MatrixProduct] {
    var products: [MatrixProduct] = []
    for layer in step.layers {
      let (input, parameters) = (layer.update.input, layer.update.parameters)
      products.append(
        MatrixProduct(
          a: input, b: parameters.weights, c: layer.output,
          epilogue: .activation(layer.activation, bias: parameters.bias)))
    }
    for (former, layer) in zip(step.layers, step.layers.dropFirst()) {
      let update = layer.update
      products.append(
        MatrixProduct(
          a: update.delta, b: update.parameters.weights.transposed, c: former.update.delta,
          epilogue: .derivative(former.activation, output: update.input)))
    }
    return products + layers.map(\.product)
  }
}
