import Lamina

/// Gathering two batches, and their first layer.
struct InputLayerSteps: CheckedUse {
  let batch, inputs, outputs: Int
  var activation = Activation.identity
  var isBytes = true
  var isScaledByFeature = false

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let (rows, first) = (3 * batch, 2)
    let input = try backend.guarded(.nan(batch * inputs), rows: batch, columns: inputs)
    let output = try backend.guarded(.nan(batch * outputs), rows: batch, columns: outputs)
    let dataset = Dataset(
      name: "test",
      inputs: isBytes
        ? .bytes(DesignedData.labels(rows * inputs, classes: 4, seed: 61).map(UInt8.init))
        : .floats(DesignedData.integers(rows * inputs, seed: 61)),
      targets: .classes([Int32](repeating: 0, count: rows), classNames: ["0"]), features: inputs)
    let scaling: InputScaling =
      isScaledByFeature
      ? .perFeature(
        scales: DesignedData.integers(inputs, seed: 62),
        offsets: DesignedData.integers(inputs, seed: 63)) : .uniform(scale: 0.5, offset: -1)
    let gathering = Operation.gather(
      BatchIndices(
        try backend.makeIndices(DesignedData.labels(rows + first, classes: rows, seed: 64)),
        count: batch), of: try backend.makeExamples(dataset),
      scaling: try backend.makeScaling(scaling), into: input.matrix)
    let layer = DenseParameters(
      weights: try backend.makeMatrix(
        DesignedData.integers(inputs * outputs, seed: 65), rows: inputs, columns: outputs),
      bias: try backend.makeVector(DesignedData.integers(outputs, seed: 66)))
    let prepared = try backend.prepare(
      [gathering] + .dense(input.matrix, layer, activation, into: output.matrix))
    var results: [[Float]] = []
    for step in 0..<2 {
      try backend.run(prepared, with: StepArguments(firstIndex: first + step * batch))
      results += [try input.values(), try output.values()]
    }
    return results
  }
}
