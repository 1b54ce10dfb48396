package import Lamina

/// A network with the data and the options of its training.
package struct TrainingWorkload: Sendable {
  /// The network's name and batch size, for messages.
  package let title: String
  package let description: NetworkDescription
  package let dataset: Dataset
  package let options: TrainingOptions
  /// The networks that are trained at once, each with a seed of its own.
  package let population: Int
  private let initial: @Sendable (_ seed: UInt64) -> NetworkParameters

  package var batchSize: Int { options.batchSize(of: dataset.count) }
  /// The examples of a step, of all networks.
  var examplesOfStep: Int { population * batchSize }

  /// The workload of a training session.
  package init(_ setup: TrainingSetup) {
    self.init(
      setup.network, dataset: setup.data.train, options: setup.options, population: 1,
      initial: { _ in setup.initial })
  }

  /// The workload of a session of networks whose seeds count up.
  package init(_ setups: [TrainingSetup]) {
    let first = setups[0]
    self.init(
      first.network, dataset: first.data.train, options: first.options, population: setups.count,
      initial: { seed in setups.first { $0.options.seed == seed }?.initial ?? first.initial })
  }

  /// The workload of a network of the table. Its parameters are drawn when they are needed.
  package init(_ row: NetworkRow, dataset: Dataset, population: Int = 1) {
    let description = row.description
    let options = TrainingOptions(
      batchSize: row.batchSize, epochs: 1, rule: UpdateRule(row.optimizer), seed: 1)
    self.init(
      description, dataset: dataset, options: options, population: population,
      initial: { NetworkParameters(for: description, initialization: .pyTorch, seed: $0) })
  }

  private init(
    _ description: NetworkDescription, dataset: Dataset, options: TrainingOptions,
    population: Int, initial: @escaping @Sendable (_ seed: UInt64) -> NetworkParameters
  ) {
    title = "\(description.name), batch \(options.batchSize(of: dataset.count))"
    self.description = description
    self.dataset = dataset
    self.options = options
    self.population = population
    self.initial = initial
  }

  /// The network with its initial parameters.
  package func network<B: Backend>(on backend: B) throws(BackendError) -> Network<B> {
    try Network(description, values: initial(options.seed), on: backend)
  }

  /// The trainings of the networks, whose seeds count up from that of the options.
  fileprivate var trainings: [PopulationTraining] {
    (0..<population).map { number in
      var options = options
      options.seed &+= UInt64(number)
      return PopulationTraining(initial: initial(options.seed), options: options)
    }
  }

  fileprivate var products: [ProductSize] { description.trainingProducts(batchSize: batchSize) }

  /// The operations of training all networks, and the bytes that must move: those of inputs, index
  /// and label for each example, and parameters and the optimiser's state both ways in each step. The rest may
  /// stay in caches.
  fileprivate func work(examples: Int, steps: Int) -> BenchmarkWork {
    let inputBytes = dataset.inputByteCount / dataset.count
    let numbers = 1 + options.rule.optimizer.rule.state.count
    return BenchmarkWork(
      limit: .arithmetic,
      operations: population * description.trainingOperationsPerExample * examples,
      bytes: population
        * (examples * (inputBytes + 8) + steps * 8 * numbers * description.parameterCount),
      examples: population * examples)
  }
}

/// A training step, from gathering a batch to updating the parameters: of one network, or of several
/// at once.
package struct StepBenchmark: Benchmark {
  package let workload: TrainingWorkload
  package let network: NetworkRow?

  package init(network: NetworkRow, dataset: Dataset, population: Int = 1) {
    self.network = network
    workload = TrainingWorkload(network, dataset: dataset, population: population)
  }

  package init(_ workload: TrainingWorkload) {
    self.workload = workload
    network = nil
  }

  package var label: Label {
    Label(
      group: .step, operation: "step", network: network, dataCount: workload.dataset.count,
      population: workload.population)
  }

  package var work: BenchmarkWork { workload.work(examples: workload.batchSize, steps: 1) }
  package var products: [ProductSize] { workload.products }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    if workload.population > 1 { return try preparePopulation(on: backend) }
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

  private func preparePopulation<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let (count, trainings) = (workload.dataset.count, workload.trainings)
    let steps = try PopulationSteps(
      workload.description, trainings, dataset: workload.dataset, on: backend)
    try steps.write(orders: trainings.map { $0.options.order(of: count).indices(epoch: 1) })
    let step = try steps.step(rows: trainings.map { _ in workload.batchSize })
    let walk = BatchWalk(batchSize: workload.batchSize, dataCount: count)
    func run() throws(BackendError) {
      let next = walk.next()
      try step.run(steps.arguments(from: next.firstIndex, step: next.step))
    }
    func loss() throws(BackendError) -> Double {
      try backend.perform(steps.meterReset)
      try run()
      return try steps.lossSums().reduce(0, +)
        / Double(workload.population * workload.batchSize)
    }
    return Workload(
      enqueue: run,
      verify: {
        let sum = try steps.lossSums().reduce(0, +)
        try TrainingFailure.check(sum.isFinite, workload.title, backend.device)
      }, loss: loss)
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

  package var products: [ProductSize] { workload.products }

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
