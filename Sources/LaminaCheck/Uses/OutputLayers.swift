import Lamina

/// The last layer, its loss and the delta of its input, twice.
struct OutputLayerSteps: CheckedUse {
  let batch, inputs, classes: Int
  var activation = Activation.logistic
  var loss = Loss.softmaxCrossEntropy()
  var hasLabels = true
  var isWeighted = false
  var hasInputDelta = true
  var isPadded = true

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let (examples, first) = (23, 3)
    func matrix(_ rows: Int, _ columns: Int, bound: Float, _ seed: UInt64) throws -> Guarded<B> {
      try backend.guarded(
        DesignedData.uniform(rows * columns, bound: bound, seed: seed), rows: rows,
        columns: columns, isPadded: isPadded)
    }
    let input = try matrix(batch, inputs, bound: 1, 51)
    let weights = try matrix(inputs, classes, bound: 1 / Float(inputs).squareRoot(), 52)
    let bias = try matrix(1, classes, bound: 1, 53)
    let outputs = try matrix(batch, classes, bound: 1, 54)
    let delta = try matrix(batch, classes, bound: 1, 55)
    let inputDelta = try matrix(batch, inputs, bound: 1, 56)
    let meter = try (0..<2).map { _ in try backend.guarded([Float](repeating: 2, count: batch)) }
    let soft = DesignedData.uniform(examples * classes, bound: 1, seed: 57).map { max(0, $0) }
    let evaluation = Operation.LossEvaluation(
      loss: loss, activation: .identity, outputs: outputs.matrix,
      targets: hasLabels
        ? .labels(
          try backend.makeIndices(DesignedData.labels(examples, classes: classes, seed: 58)))
        : .values(try backend.makeExamples(soft, columns: classes)),
      weights: isWeighted
        ? try backend.makeVector(DesignedData.uniform(examples, bound: 3, seed: 59)) : nil,
      batch: BatchIndices(
        try backend.makeIndices(DesignedData.labels(batch + first, classes: examples, seed: 60)),
        count: batch), lossScale: 0.125, deltaScale: 0.25, delta: delta.matrix,
      meter: Meter(losses: meter[0].vector, hits: meter[1].vector))
    let layer = DenseParameters(weights: weights.matrix, bias: bias.vector)
    let prepared = try backend.prepare(
      .dense(input.matrix, layer, .identity, into: outputs.matrix) + [.loss(evaluation)]
        + (hasInputDelta
          ? .denseDelta(
            delta.matrix, layer, activation, input: input.matrix, into: inputDelta.matrix) : []))
    for _ in 0..<2 { try backend.run(prepared, with: StepArguments(firstIndex: first)) }
    return try ([outputs, delta] + meter + [inputDelta, input, weights]).map { try $0.values() }
  }
}
