import Lamina

/// The losses, deltas and hits of a loss function.
struct EvaluateLoss: CheckedUse {
  let loss: Loss
  var activation = Activation.identity
  let rows, classes: Int
  let outputs: [Float]
  /// The numbers, one-hot or soft targets, one row per example; nil for labels.
  var targets: [Float]?
  var weights: [Float]?
  var lossScale: Float = 1
  var sharesMemory = false
  var isPadded = true
  var first = 3

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let examples = 23
    let outputs = try backend.guarded(outputs, rows: rows, columns: classes, isPadded: isPadded)
    let delta = try backend.guarded(
      .nan(rows * classes), rows: rows, columns: classes, isPadded: isPadded)
    let meter = try (0..<2).map { _ in try backend.guarded([Float](repeating: 2, count: rows)) }
    let indices = try backend.makeIndices(
      DesignedData.labels(rows + first, classes: examples, seed: 17))
    let evaluation = Operation.LossEvaluation(
      loss: loss, activation: activation, outputs: outputs.matrix,
      targets: try targets.map {
        .values(try backend.makeExamples($0, columns: classes / loss.outputsPerTarget))
      }
        ?? .labels(
          try backend.makeIndices(DesignedData.labels(examples, classes: classes, seed: 18))),
      weights: try weights.map(backend.makeVector), batch: BatchIndices(indices, count: rows),
      lossScale: lossScale, deltaScale: 0.25, delta: sharesMemory ? outputs.matrix : delta.matrix,
      meter: Meter(losses: meter[0].vector, hits: meter[1].vector))
    try backend.perform([.loss(evaluation)], with: StepArguments(firstIndex: first))
    let deltas = try sharesMemory ? outputs.values() : delta.values()
    return [deltas, try meter[0].values(), try meter[1].values()]
  }
}
