import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// One kernel for small networks on processors, which takes many steps in one launch, once it has
  /// shown that it computes right.
  public func enqueueDenseStep(
    _ step: DenseStep<OpenCLBackend>
  ) throws(BackendError) -> Bool {
    guard let tile = denseTile(for: step), let steps = DenseSteps(step, tile) else { return false }
    guard try isRight(.denseSteps(steps.form)) else { return false }
    try enqueue(steps)
    return true
  }

  /// How `dense_steps.cl` would take a step; nil where it can't, or operation after operation may be
  /// better.
  func denseTile(for step: DenseStep<OpenCLBackend>) -> DenseTile? {
    guard !forcesOtherTiles else { return nil }
    return denseTile(
      step.loss.loss,
      layers: step.layers.map { ($0.update.input.columns, $0.update.delta.columns) })
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
    let workers = workers ?? min(planner.computeUnits, max(tasks.count, tasks.updates))
    // Three counters and one for each worker, each in a cache line of its own.
    let counters = try makeStorage(byteCount: (3 + workers) * 64)
    try performSteps(
      kernel(
        .denseSteps,
        headers: [
          steps.hiddenActivation.kernelHeader, .epilogues, .vectorTile, .dotTile, .layerUpdate,
          .hiddenRows, .gatherRow, .targets, .softmaxCrossEntropyRow, .outputRows, .tasks,
        ], macros: steps.macros(on: device)),
      steps.arguments(tasks, counters, on: device), steps.step.rule,
      WorkSize(global: (workers, 1), local: (1, 1)))
  }
}
