package import Lamina

/// The softmax, loss, hits and delta of the output layer.
package struct LossBenchmark: Benchmark {
  package let network: NetworkRow
  package let dataset: Dataset
  private var rows: Int { network.batchSize }
  private var classes: Int { dataset.outputs }

  package init(network: NetworkRow, dataset: Dataset) {
    self.network = network
    self.dataset = dataset
  }

  package var label: Label {
    Label(
      group: .kernel, operation: "softmax cross-entropy", shape: [rows, classes],
      network: network, dataCount: dataset.count)
  }

  /// The bytes of logits, deltas, index, label, and the meter, which is read and written.
  package var work: BenchmarkWork {
    BenchmarkWork(limit: .memory, bytes: rows * (8 * classes + 8 + 16))
  }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let indices = try backend.makeIndices(SyntheticData.order(count: dataset.count))
    let evaluation = Operation<B>.LossEvaluation(
      loss: .softmaxCrossEntropy(), activation: .identity,
      outputs: try backend.makeRandomMatrix(rows: rows, columns: classes),
      targets: try backend.makeTargets(dataset), batch: BatchIndices(indices, count: rows),
      deltaScale: 1 / Float(rows), delta: try backend.makeMatrix(rows: rows, columns: classes),
      meter: Meter(
        losses: try backend.makeVector(count: rows), hits: try backend.makeVector(count: rows)))
    return try backend.repeating([.loss(evaluation)])
  }
}
