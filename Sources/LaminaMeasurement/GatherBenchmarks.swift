package import Lamina

/// The first operation of a step: gathering a batch of images from the data set, in random order.
package struct ByteGatherBenchmark: Benchmark {
  package let network: NetworkRow
  package let dataset: Dataset

  package var label: Label {
    Label(
      group: .kernel, operation: "gather bytes", shape: [network.batchSize, dataset.features],
      network: network, dataCount: dataset.count)
  }

  package var work: BenchmarkWork {
    BenchmarkWork(limit: .memory, bytes: network.batchSize * (4 + 5 * dataset.features))
  }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let batch = BatchIndices(
      try backend.makeIndices(SyntheticData.order(count: dataset.count)),
      count: network.batchSize)
    let examples = try backend.makeExamples(dataset)
    let destination = try backend.makeMatrix(rows: batch.count, columns: dataset.features)
    let prepared = try backend.prepare([
      .gather(
        batch, of: examples, scaling: .uniform(scale: 2 / 255, offset: -1), into: destination)
    ])
    let walk = BatchWalk(batchSize: batch.count, dataCount: dataset.count)
    return Workload { () throws(BackendError) in
      try backend.run(prepared, with: walk.next())
    }
  }
}

/// A copy of a large matrix, for the peak memory bandwidth.
package struct FloatGatherBenchmark: Benchmark {
  package let rows: Int
  package let columns: Int

  package var label: Label {
    Label(group: .peak, operation: "gather floats", shape: [rows, columns])
  }
  package var work: BenchmarkWork { BenchmarkWork(limit: .memory, bytes: rows * (4 + 8 * columns)) }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let examples = try backend.makeExamples(
      SyntheticData.floats(rows * columns), columns: columns)
    let batch = BatchIndices(
      try backend.makeIndices([Int32](0..<Int32(rows))), count: rows)
    let destination = try backend.makeMatrix(rows: rows, columns: columns)
    return try backend.repeating([
      .gather(batch, of: examples, scaling: .uniform(scale: 1, offset: 0), into: destination)
    ])
  }
}

/// Iterates over the complete batches of an epoch, repeatedly.
package final class BatchWalk {
  private let batchSize: Int
  private let end: Int
  private var position = 0
  private var step = 0

  /// - Precondition: There are enough examples for a batch.
  package init(batchSize: Int, dataCount: Int) {
    self.batchSize = batchSize
    end = dataCount / batchSize * batchSize
  }

  /// The arguments of the next step.
  package func next() -> StepArguments {
    defer { position = position + batchSize == end ? 0 : position + batchSize }
    step += 1
    return StepArguments(firstIndex: position, step: step)
  }
}
