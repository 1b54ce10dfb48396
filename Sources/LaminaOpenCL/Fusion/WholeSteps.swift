import Lamina

/// The shape of the work of `dense_steps.cl`.
struct DenseTile: Hashable {
  /// Rows of a tile.
  let rows = 8
  /// Vectors of a tile.
  let vectors: Int
  /// The output layer's.
  let output: OutputTile

  /// The vectors of a row of outputs for which there are registers enough.
  static let largestOutput = 2
}

/// The steps of a network as `dense_steps.cl` takes them.
struct WholeSteps {
  let step: DenseStep
  let tile: DenseTile
  /// With the products of their updates.
  let layers: [JointUpdate.Layer]
  /// The activation of all hidden layers.
  let hiddenActivation: Activation

  /// Nil for a network that the kernel can't take.
  init?(_ step: DenseStep, _ tile: DenseTile) {
    let hidden = Set(step.layers.dropLast().map(\.activation))
    guard hidden.count <= 1 else { return nil }
    layers = step.layers.compactMap { layer in
      let product = layer.update.product
      guard product.hasPaddedRows(width: 16), layer.update.input.stride % 16 == 0 else {
        return nil
      }
      return JointUpdate.Layer(
        layer.update, parameters: step.parameters, velocity: step.velocity)
    }
    guard layers.count == step.layers.count else { return nil }
    self.step = step
    self.tile = tile
    hiddenActivation = hidden.first ?? .identity
  }

  /// The macros of the program.
  func macros(on device: DeviceDescription) -> [String] {
    step.loss.macros + hiddenActivation.macros
      + GatherForm(step.gather.examples, step.gather.scaling, on: device).macros + [
        "EPILOGUE=STEP", "LAYERS=\(layers.count)", "STEPS=\(StepsLaunch.capacity)",
        "ROWS=\(tile.rows)", "VECTORS=\(tile.vectors)", "OUTPUT_VECTORS=\(tile.output.vectors)",
      ]
  }

  /// The tasks of a step.
  struct Tasks {
    /// The number of tasks that take rows of the batch.
    let count: Int
    /// The number of rows of each of them.
    let rows: Int
    /// Groups of tiles, of each layer and those before it.
    let updateEnds: [Int]
    /// Tiles of a group.
    let tiles: Int

    var updates: Int { updateEnds.last ?? 0 }
  }

  func tasks(_ planner: MatmulPlanner) -> Tasks {
    let rows = taskRows(planner)
    let tiles = planner.tilesPerGroup(
      of: layers.map(\.product), rows: tile.rows, vectors: tile.vectors)
    var ends: [Int] = []
    for layer in layers {
      ends.append(
        (ends.last ?? 0) + layer.groups(rows: tile.rows, vectors: tile.vectors, tiles: tiles))
    }
    return Tasks(
      count: step.loss.outputs.rows.divided(by: rows), rows: rows, updateEnds: ends, tiles: tiles)
  }

  /// The rows of a task: few where all weights are in the cache of a core. Else as many as leave each
  /// worker some tasks, since each task reads all weights from further away.
  private func taskRows(_ planner: MatmulPlanner) -> Int {
    let weights = layers.reduce(0) { $0 + $1.product.rows * $1.product.c.stride }
    guard weights * MemoryLayout<Float>.stride > 512 << 10 else { return tile.rows }
    let share = step.loss.outputs.rows / (2 * planner.computeUnits)
    return min(max(share / tile.rows, 1), 4) * tile.rows
  }

  /// `StepSizes` in the kernel.
  func sizes(_ tasks: Tasks) -> [KernelArgument.Field] {
    let loss = step.loss
    var fields: [KernelArgument.Field] = [
      .count(loss.outputs.rows), .count(loss.batch.indices.count), .count(loss.outputs.stride),
      .count(tile.output.turnedStride), .count(tasks.count), .count(tasks.updates),
      .count(tasks.rows), .count(tasks.tiles), .float(step.momentum), .float(loss.lossScale),
      .float(loss.deltaScale),
    ]
    for (layer, end) in zip(layers, tasks.updateEnds) { fields += layer.fields(end: end) }
    return fields
  }

  /// The arguments of the kernel.
  func arguments(
    _ tasks: Tasks, _ counters: DeviceBuffer, on device: DeviceDescription
  ) -> [KernelArgument] {
    let (loss, meter) = (step.loss, step.loss.meter)
    var arguments: [KernelArgument] = [.fields(sizes(tasks)), .steps]
    arguments += GatherForm(step.gather.examples, step.gather.scaling, on: device).scale
    arguments += [
      .buffer(counters), .buffer(loss.batch.indices), .buffer(step.gather.examples),
      .buffer(loss.targets),
    ]
    if let weights = loss.weights { arguments.append(.buffer(weights)) }
    arguments += [
      .buffer(step.parameters), .buffer(step.velocity), .buffer(meter.losses),
      .buffer(meter.hits), .buffer(step.gather.output),
    ]
    for layer in step.layers { arguments += [.buffer(layer.output), .buffer(layer.update.delta)] }
    return arguments + [.local(tile.output.turnedBytes), .local(tile.output.scratchBytes)]
  }

  /// All products of a step, for profiles: forward, back, updates.
  var profiled: [Profile.Work] {
    let batch = step.loss.outputs.rows
    let sizes = step.layers.map { ($0.update.input.columns, $0.output.columns) }
    return sizes.map { .product("", rows: batch, columns: $1, depth: $0) }
      + sizes.dropFirst().map { .product("", rows: batch, columns: $0, depth: $1) }
      + layers.map(\.product.profiled)
  }
}
