import Lamina

/// Gathers a batch of bytes, computes a layer and updates it, three times with different batches.
struct RecordedSteps: CheckedUse {
  let shape: LayerShape

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let (batch, inputs, outputs) = (shape.batch, shape.inputs, shape.outputs)
    let rows = 3 * batch
    let dataset = Dataset(
      name: "test",
      inputs: .bytes(DesignedData.labels(rows * inputs, classes: 4, seed: 51).map(UInt8.init)),
      targets: .classes([Int32](repeating: 0, count: rows), classNames: ["0"]), features: inputs)
    let examples = try backend.makeExamples(dataset)
    let order = try backend.makeIndices(DesignedData.labels(rows, classes: rows, seed: 52))
    let network = try Network(
      NetworkDescription(
        inputs: inputs, layers: [.dense(outputs: outputs, activation: .relu)], loss: .quadratic),
      values: NetworkParameters(tensors: [
        DesignedData.integers(inputs * outputs, seed: 53), DesignedData.integers(outputs, seed: 54),
      ]), on: backend)
    let input = try backend.makeMatrix(rows: batch, columns: inputs)
    let output = try backend.makeMatrix(rows: batch, columns: outputs)
    let layer = network.dense[0]
    let scaling = try backend.makeScaling(.uniform(scale: 0.5, offset: -1))
    let gathering = Operation.gather(
      BatchIndices(order, count: batch), of: examples, scaling: scaling, into: input)
    let prepared = try backend.prepare(
      [gathering] + .dense(input, layer, .relu, into: output)
        + .denseGradients(input, output, beta: 0.5, into: network.gradients.dense[0])
        + [
          .update(
            network.parameters.all, gradients: network.gradients.all,
            by: .sgd(SGD(learningRate: 0.0078125)))
        ])
    var results: [[Float]] = []
    for step in 0..<3 {
      try backend.run(prepared, with: StepArguments(firstIndex: step * batch))
      results += [try backend.values(of: input), try backend.values(of: output)]
      results += try network.values().tensors
    }
    return results
  }
}
