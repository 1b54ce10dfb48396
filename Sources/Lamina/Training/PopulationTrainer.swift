/// Trains several networks of one shape at once: each has its own parameters, seed, rates and rows
/// of the data set. The data are uploaded once.
///
/// Small networks leave most of a device idle. Side by side they share its launches, and no
/// network waits for another. Each is trained exactly as a ``Trainer`` alone would train it.
public final class PopulationTrainer<B: Backend> {
  /// The networks in training.
  public var networks: [Network<B>] { steps.networks }
  /// The steps that each network has taken so far.
  public var stepsTaken: [Int] { members.map(\.stepsTaken) }

  private let backend: B
  private let steps: PopulationSteps<B>
  private var members: [PopulationMember]
  /// The steps prepared so far, by the examples that each network takes.
  private var prepared: [[Int]: PopulationStep<B>] = [:]
  /// Sets losses and hits to zero.
  private let meterReset: B.Prepared

  /// Uploads data and parameters, and prepares the steps.
  ///
  /// - Parameters:
  ///   - description: The shape of all networks.
  ///   - trainings: What differs: the parameters at the start, options and rows.
  ///   - dataset: The data of all.
  ///   - backend: The device.
  /// - Precondition: options have been validated, all have the same batch size, and the networks
  ///   fit the data.
  public init(
    _ description: NetworkDescription, _ trainings: [PopulationTraining], dataset: Dataset,
    on backend: B
  ) throws(BackendError) {
    self.backend = backend
    steps = try PopulationSteps(description, trainings, dataset: dataset, on: backend)
    members = trainings.map { PopulationMember($0, count: dataset.count) }
    meterReset = try backend.prepare(steps.meterReset)
    for stretch in stretches { _ = try step(stretch.rows) }
    try backend.synchronize()
  }

  /// Gives a network's monitored value to its schedule for plateaus, before the next epoch; see
  /// ``Trainer/monitoredValue``.
  public func monitor(_ value: Double, of network: Int) { members[network].monitoredValue = value }

  /// Trains each network on each of its examples once, or until its limit of steps is reached.
  ///
  /// - Parameters:
  ///   - epoch: Its number, counted from 1: with the seeds it names the orders.
  ///   - progress: Called now and then with the examples that the device has seen for all networks.
  ///   - shouldStop: Asked now and then; when true the epoch ends early.
  /// - Returns: The result of each network, with the seconds of all together.
  public func trainEpoch(
    _ epoch: Int, progress: (Int) -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws(BackendError) -> [TrainedEpoch] {
    let start = ContinuousClock.now
    try begin(epoch)
    let wasStopped = try runSteps(progress: progress, shouldStop: shouldStop)
    let losses = try steps.losses.sums(on: backend)
    let hits = try steps.hits.sums(on: backend)
    var penalties: [Double] = []
    for member in steps.members { penalties.append(try member.update.penalty()) }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    for place in members.indices {
      members[place].finish(
        epoch, losses: losses[place], hits: hits[place], penalty: penalties[place],
        seconds: seconds, wasStopped: wasStopped)
    }
    return members.compactMap(\.result)
  }

  /// Uploads the orders of an epoch.
  private func begin(_ epoch: Int) throws(BackendError) {
    try steps.write(orders: members.map { $0.order.indices(epoch: epoch) })
    for place in members.indices { members[place].beginEpoch() }
    try backend.run(meterReset, with: StepArguments())
  }

  /// Steps of an epoch in which each network takes the same number of examples in each.
  private struct Stretch {
    let steps: Range<Int>
    /// The examples of each network; 0 for those that have no step left.
    let rows: [Int]
  }

  private var stretches: [Stretch] {
    let bounds = Set(members.flatMap(\.bounds)).sorted()
    return zip(bounds, bounds.dropFirst()).map { first, end in
      Stretch(steps: first..<end, rows: members.map { $0.rows(ofStep: first) })
    }
  }

  /// Returns true if the epoch was stopped.
  private func runSteps(
    progress: (Int) -> Void, shouldStop: () -> Bool
  ) throws(BackendError) -> Bool {
    var pacer = Pacer(backend)
    for stretch in stretches {
      let (step, examples) = (try step(stretch.rows), stretch.rows.reduce(0, +))
      for _ in stretch.steps {
        let arguments = members.indices.map { place in
          members[place].nextStep(examples: stretch.rows[place], of: steps.members[place])
        }
        try step.run(arguments)
        if try pacer.stepEnqueued(examples: examples) {
          progress(pacer.examplesDone)
          if shouldStop() { return true }
        }
      }
    }
    return false
  }

  private func step(_ rows: [Int]) throws(BackendError) -> PopulationStep<B> {
    if let known = prepared[rows] { return known }
    let step = try steps.step(rows: rows)
    prepared[rows] = step
    return step
  }
}

/// What a network of a population has of its own.
public struct PopulationTraining: Sendable {
  /// The parameters before the first step.
  public var initial: NetworkParameters
  /// The options, whose batch size is that of all.
  public var options: TrainingOptions
  /// The rows of the data set to train with; nil for all.
  public var rows: [Int32]?

  /// A training of all rows unless told otherwise.
  public init(initial: NetworkParameters, options: TrainingOptions, rows: [Int32]? = nil) {
    self.initial = initial
    self.options = options
    self.rows = rows
  }
}
