package import Lamina

/// A network with the data and the options of its training.
package struct TrainingWorkload: Sendable {
  /// The network's name and batch size, for messages.
  package let title: String
  package let description: NetworkDescription
  package let dataset: Dataset
  package let options: TrainingOptions
  private let initial: @Sendable () -> NetworkParameters

  package var batchSize: Int { options.batchSize(of: dataset.count) }

  /// The workload of a training session.
  package init(_ setup: TrainingSetup) {
    self.init(
      setup.network, dataset: setup.data.train, options: setup.options,
      initial: { setup.initial })
  }

  /// The workload of a network of the table. Its parameters are drawn when they are needed.
  package init(_ row: NetworkRow, dataset: Dataset) {
    let description = row.description
    let options = TrainingOptions(
      batchSize: row.batchSize, epochs: 1, rule: UpdateRule(row.optimizer), seed: 1)
    self.init(
      description, dataset: dataset, options: options,
      initial: {
        NetworkParameters(for: description, initialization: .pyTorch, seed: options.seed)
      })
  }

  private init(
    _ description: NetworkDescription, dataset: Dataset, options: TrainingOptions,
    initial: @escaping @Sendable () -> NetworkParameters
  ) {
    title = "\(description.name), batch \(options.batchSize(of: dataset.count))"
    self.description = description
    self.dataset = dataset
    self.options = options
    self.initial = initial
  }

  /// The network with its initial parameters.
  package func network<B: Backend>(on backend: B) throws(BackendError) -> Network<B> {
    try Network(description, values: initial(), on: backend)
  }

  /// The products of training, and the bytes that must move: those of inputs, index and label for
  /// each example, and parameters and the optimiser's state both ways in each step. The rest may
  /// stay in caches.
  fileprivate func work(examples: Int, steps: Int) -> BenchmarkWork {
    let inputBytes = dataset.inputByteCount / dataset.count
    let numbers = 1 + options.rule.optimizer.rule.state.count
    return BenchmarkWork(
      limit: .arithmetic, operations: description.trainingOperationsPerExample * examples,
      bytes: examples * (inputBytes + 8) + steps * 8 * numbers * description.parameterCount,
      examples: examples)
  }
}

/// A training step, from gathering a batch to updating the parameters.
package struct StepBenchmark: Benchmark {
  package let workload: TrainingWorkload
  package let network: NetworkRow?

  package init(network: NetworkRow, dataset: Dataset) {
    self.network = network
    workload = TrainingWorkload(network, dataset: dataset)
  }

  package init(_ workload: TrainingWorkload) {
    self.workload = workload
    network = nil
  }

  package var label: Label {
    Label(group: .step, operation: "step", network: network, dataCount: workload.dataset.count)
  }

  package var work: BenchmarkWork { workload.work(examples: workload.batchSize, steps: 1) }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let count = workload.dataset.count
    let order = EpochOrder(
      count: count, seed: workload.options.shuffles ? workload.options.seed : nil)
    let steps = try TrainingSteps(
      workload.network(on: backend), dataset: workload.dataset, options: workload.options)
    try steps.write(order: order.indices(epoch: 1))
    let step = try steps.step(rows: workload.batchSize)
    let walk = BatchWalk(batchSize: workload.batchSize, dataCount: count)
    func loss() throws(BackendError) -> Double {
      let losses = steps.buffers.meter.losses
      try backend.perform(.fill(losses, with: 0))
      try step.run(walk.next())
      let sum = try backend.values(of: losses).reduce(0) { $0 + Double($1) }
      return sum / Double(workload.batchSize)
    }
    return Workload(
      enqueue: { () throws(BackendError) in try step.run(walk.next()) },
      verify: {
        let losses = try backend.values(of: steps.buffers.meter.losses)
        try TrainingFailure.check(losses.reduce(0, +).isFinite, workload.title, backend.device)
      }, launches: Self.launches(step), loss: loss)
  }

  /// The number of commands that a step enqueues; nil on a backend without a queue.
  private static func launches<B: Backend>(_ step: TrainingStep<B>) -> Int? {
    let launches = step.parts.reduce(0) { $0 + $1.prepared.launchCount }
    return launches == 0 ? nil : launches
  }
}

/// A whole epoch as the trainer runs it: uploading the order, all steps, and reading the losses.
package struct EpochBenchmark: Benchmark {
  package let workload: TrainingWorkload
  package let network: NetworkRow

  package init(network: NetworkRow, dataset: Dataset) {
    self.network = network
    workload = TrainingWorkload(network, dataset: dataset)
  }

  package var label: Label {
    Label(group: .epoch, operation: "epoch", network: network, dataCount: workload.dataset.count)
  }

  package var work: BenchmarkWork {
    workload.work(
      examples: workload.dataset.count,
      steps: (workload.dataset.count + network.batchSize - 1) / network.batchSize)
  }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let trainer = try Trainer(
      workload.network(on: backend), dataset: workload.dataset,
      options: workload.options)
    let progress = EpochProgress()
    return Workload(
      enqueue: { () throws(BackendError) in
        progress.epochs += 1
        progress.loss = try trainer.trainEpoch(progress.epochs).loss
      },
      verify: {
        try TrainingFailure.check(progress.loss.isFinite, workload.title, backend.device)
      })
  }
}

private final class EpochProgress {
  var epochs = 0
  var loss = 0.0
}

/// The loss became NaN or infinite, so the measurement is meaningless. Prints as one sentence.
package struct TrainingFailure: Error, CustomStringConvertible {
  package let description: String

  package static func check(
    _ isFinite: Bool, _ title: String, _ device: DeviceDescription
  ) throws(TrainingFailure) {
    if !isFinite {
      throw TrainingFailure(
        description: "the loss of \(title) on \(device.selector) is not a finite number")
    }
  }
}
