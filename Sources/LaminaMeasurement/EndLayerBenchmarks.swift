package import Lamina

/// Gathering a batch, and the first layer of a network.
package struct InputLayerBenchmark: Benchmark {
  package let network: NetworkRow
  package let dataset: Dataset
  private var inputs: Int { network.sizes[0] }
  private var outputs: Int { network.sizes[1] }

  package init(network: NetworkRow, dataset: Dataset) {
    self.network = network
    self.dataset = dataset
  }

  package var label: Label {
    Label(
      group: .kernel, operation: "input layer", shape: [network.batchSize, outputs, inputs],
      network: network, dataCount: dataset.count)
  }

  package var work: BenchmarkWork {
    let batch = network.batchSize
    return BenchmarkWork(
      limit: .arithmetic, operations: 2 * batch * inputs * outputs,
      bytes: batch * (4 + 5 * inputs + 4 * outputs) + 4 * (inputs + 1) * outputs)
  }

  package var products: [ProductSize] {
    [ProductSize(rows: network.batchSize, columns: outputs, depth: inputs)]
  }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let model = try Network(network, on: backend)
    let batch = BatchIndices(
      try backend.makeIndices(SyntheticData.order(count: dataset.count)),
      count: network.batchSize)
    let input = try backend.makeMatrix(rows: batch.count, columns: inputs)
    let gathering = Operation.gather(
      batch, of: try backend.makeExamples(dataset), scaling: .uniform(scale: 2 / 255, offset: -1),
      into: input)
    let prepared = try backend.prepare(
      [gathering]
        + .dense(
          input, model.dense[0], .relu,
          into: try backend.makeMatrix(rows: batch.count, columns: outputs)))
    let walk = BatchWalk(batchSize: batch.count, dataCount: dataset.count)
    return Workload { () throws(BackendError) in
      try backend.run(prepared, with: walk.next())
    }
  }
}

/// The last layer of a network, its loss, and the delta of its input.
package struct OutputLayerBenchmark: Benchmark {
  package let network: NetworkRow
  package let dataset: Dataset
  private var inputs: Int { network.sizes[network.sizes.count - 2] }
  private var classes: Int { dataset.outputs }

  package init(network: NetworkRow, dataset: Dataset) {
    self.network = network
    self.dataset = dataset
  }

  package var label: Label {
    Label(
      group: .kernel, operation: "output layer", shape: [network.batchSize, classes, inputs],
      network: network, dataCount: dataset.count)
  }

  /// Forward and backward products. The bytes are those of inputs and their deltas, logits and
  /// deltas, index, label and meter.
  package var work: BenchmarkWork {
    let batch = network.batchSize
    return BenchmarkWork(
      limit: .arithmetic, operations: 4 * batch * inputs * classes,
      bytes: batch * (8 * inputs + 8 * classes + 8 + 16) + 4 * (inputs + 1) * classes)
  }

  package var products: [ProductSize] {
    let batch = network.batchSize
    return [
      ProductSize(rows: batch, columns: classes, depth: inputs),
      ProductSize(rows: batch, columns: inputs, depth: classes, transposesB: true),
    ]
  }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let model = try Network(network, on: backend)
    let rows = network.batchSize
    let indices = try backend.makeIndices(SyntheticData.order(count: dataset.count))
    let input = try backend.makeRandomMatrix(rows: rows, columns: inputs)
    let inputDelta = try backend.makeMatrix(rows: rows, columns: inputs)
    let layer = model.dense[model.dense.count - 1]
    let loss = Operation<B>.LossEvaluation(
      loss: .softmaxCrossEntropy(), activation: .identity,
      outputs: try backend.makeMatrix(rows: rows, columns: classes),
      targets: try backend.makeTargets(dataset), batch: BatchIndices(indices, count: rows),
      deltaScale: 1 / Float(rows), delta: try backend.makeMatrix(rows: rows, columns: classes),
      meter: Meter(
        losses: try backend.makeVector(count: rows), hits: try backend.makeVector(count: rows)))
    return try backend.repeating(
      .dense(input, layer, .identity, into: loss.outputs) + [
        .loss(loss), .matmul(loss.delta, layer.weights.transposed, into: inputDelta),
        .activationDelta(.relu, saved: input, on: inputDelta),
      ])
  }
}
