import Lamina

/// A whole step of a network of dense layers with softmax cross-entropy and plain gradient descent:
/// one kernel for small networks on processors, which takes many steps in a launch.
struct WholeStepsRule: KernelRule {
  let name = "whole steps"

  func replacement(
    for items: ArraySlice<KernelItem>, on backend: OpenCLBackend
  ) throws(BackendError) -> KernelReplacement? {
    guard items.startIndex == 0, !backend.forcesOtherTiles else { return nil }
    let operations = items.plain()
    guard operations.count == items.count, let step = DenseStep(operations),
      let tile = backend.denseTile(for: step), let steps = WholeSteps(step, tile)
    else { return nil }
    let sizes = SmallSizes(
      batch: step.loss.outputs.rows,
      others: [step.gather.examples.columns] + step.layers.map(\.output.columns))
    guard try backend.isRight(name, operations, sizes: sizes) else { return nil }
    return KernelReplacement(
      count: items.count, by: [KernelItem(.denseSteps(steps), by: name, for: items)])
  }

  func form(
    of operations: [Operation<OpenCLBackend>], on backend: OpenCLBackend
  ) -> FusedKernel? {
    guard let step = DenseStep(operations), let tile = backend.denseTile(for: step),
      let steps = WholeSteps(step, tile)
    else { return nil }
    return .denseSteps(steps)
  }
}

extension OpenCLBackend {
  /// The tile by which `dense_steps.cl` takes a step; nil where it can't, or operation after
  /// operation may be better.
  fileprivate func denseTile(for step: DenseStep) -> DenseTile? {
    denseTile(
      step.loss.loss, layers: step.layers.map { ($0.update.input.columns, $0.output.columns) })
  }

  /// The same for layers of these sizes: a worker reads all weights for a few rows, so that they must
  /// be in a cache, and rows of more than 512 numbers want copies of parts.
  func denseTile(_ loss: Loss, layers: [(inputs: Int, outputs: Int)]) -> DenseTile? {
    let weights = layers.reduce(0) { $0 + $1.inputs * $1.outputs }
    guard shape.lanes == 1, queue.device.ordersAtomics, (1...4).contains(layers.count),
      weights * MemoryLayout<Float>.stride <= 4 << 20,
      layers.allSatisfy({ $0.outputs <= 512 }), let last = layers.last,
      let output = outputTile(loss, inputs: last.inputs, columns: last.outputs),
      output.vectors <= DenseTile.largestOutput
    else { return nil }
    return DenseTile(
      vectors: layers.contains { $0.outputs > shape.width } ? 2 : 1, output: output)
  }

  /// True if tests want products computed by other kernels.
  fileprivate var forcesOtherTiles: Bool {
    switch forcedMethod {
    case nil, .vector: false
    default: true
    }
  }
}

extension CommandEncoder {
  /// Adds `dense_steps.cl`, whose steps wait for others to go with them.
  ///
  /// - Parameter workers: The number of workers; nil for as many as can be busy at a time.
  func encode(
    _ steps: WholeSteps, _ planner: MatmulPlanner, workers: Int? = nil
  ) throws(BackendError) {
    products = steps.profiled
    defer { products = [] }
    let tasks = steps.tasks(planner)
    let workers = workers ?? min(planner.computeUnits, max(tasks.count, tasks.updates))
    // Three counters and one for each worker, each in a cache line of its own.
    let counters = try DeviceBuffer(byteCount: (3 + workers) * 64, queue: queue)
    try addSteps(
      kernel(
        .denseSteps,
        headers: [
          steps.hiddenActivation.kernelHeader, .epilogues, .vectorTile, .dotTile, .layerUpdate,
          .hiddenRows, .gatherRow, .targets, .softmaxCrossEntropyRow, .outputRows, .tasks,
        ], macros: steps.macros(on: device)),
      steps.arguments(tasks, counters, on: device), learningRate: steps.step.learningRate,
      WorkSize(global: (workers, 1), local: (1, 1)))
  }
}
