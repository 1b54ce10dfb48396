import Lamina

/// A training step, from the gathering of a batch to the update of the parameters.
struct StepBenchmark: Benchmark {
  let network: NetworkRow
  let dataset: Dataset

  var label: Label {
    Label(group: .step, operation: "step", network: network, dataCount: dataset.count)
  }

  var work: Work { .training(network, examples: network.batchSize, steps: 1) }

  func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let buffers = try BatchBuffers(network.description, rows: network.batchSize, on: backend)
    let indices = try backend.makeIndices(SyntheticData.order(count: dataset.count))
    let step = try TrainingStep(
      Network(network, on: backend), batch: BatchIndices(indices, count: network.batchSize),
      data: DeviceDataset(dataset, on: backend), buffers: buffers,
      rule: UpdateRule(.sgd(NetworkRow.rule)))
    let walk = BatchWalk(batchSize: network.batchSize, dataCount: dataset.count)
    return Workload(
      enqueue: { () throws(BackendError) in try step.run(walk.next()) },
      verify: {
        let losses = try backend.values(of: buffers.meter.losses)
        try TrainingFailure.check(losses.reduce(0, +).isFinite, network, backend.device)
      })
  }
}

/// A whole epoch as the trainer runs it: upload of the order, all steps, reading of the losses.
struct EpochBenchmark: Benchmark {
  let network: NetworkRow
  let dataset: Dataset

  var label: Label {
    Label(group: .epoch, operation: "epoch", network: network, dataCount: dataset.count)
  }

  var work: Work {
    .training(
      network, examples: dataset.count,
      steps: (dataset.count + network.batchSize - 1) / network.batchSize)
  }

  func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let trainer = try Trainer(
      Network(network, on: backend), dataset: dataset,
      options: TrainingOptions(
        batchSize: network.batchSize, epochs: 1, optimizer: NetworkRow.rule, seed: 1))
    let progress = EpochProgress()
    return Workload(
      enqueue: { () throws(BackendError) in
        progress.epochs += 1
        progress.loss = try trainer.trainEpoch(progress.epochs).loss
      },
      verify: { try TrainingFailure.check(progress.loss.isFinite, network, backend.device) })
  }
}

private final class EpochProgress {
  var epochs = 0
  var loss = 0.0
}

extension Work {
  /// Products of training. What must move is the input bytes with their index and label, and in
  /// each step parameters and velocities both ways; the rest may stay in caches.
  fileprivate static func training(_ row: NetworkRow, examples: Int, steps: Int) -> Work {
    let description = row.description
    return Work(
      limit: .arithmetic, operations: description.trainingOperationsPerExample * examples,
      bytes: examples * (row.sizes[0] + 8) + steps * 16 * description.parameterCount,
      examples: examples)
  }
}

/// The loss became NaN or infinite: what was measured is no training. Prints as one sentence.
struct TrainingFailure: Error, CustomStringConvertible {
  let description: String

  static func check(
    _ isFinite: Bool, _ network: NetworkRow, _ device: DeviceDescription
  ) throws(TrainingFailure) {
    if !isFinite {
      throw TrainingFailure(
        description: "the loss of \(network.title) on \(device.selector) is no number")
    }
  }
}
