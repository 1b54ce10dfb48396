/// A training of several networks of one shape at once on one device, from the first epoch to the
/// results: for sweeps over seeds and rates, folds of a cross-validation, and ensembles.
///
/// The networks share the data, the batch size and the number of epochs. Each has its own
/// parameters, seed, rates, schedule, early stopping and rows of the training part, and ends as if
/// it were trained alone by a ``TrainingSession``:
///
///     var setups = [TrainingSetup](repeating: setup, count: 100)
///     for seed in setups.indices { setups[seed].options.seed = UInt64(seed) }
///     let session = try PopulationSession(setups, on: backend)
///     let outcomes = try session.run()
public final class PopulationSession {
  /// The setups that the training started from.
  public let setups: [TrainingSetup]
  /// The device.
  public let device: DeviceDescription
  /// True if no network has an epoch left.
  public var isOver: Bool { ends.allSatisfy { $0 != nil } }
  /// The seconds spent so far on all networks.
  public private(set) var times = TrainingTimes()

  private let engine: any PopulationEngine
  private let networks: [any SessionNetwork]
  private var progress: [SessionProgress]
  private var epochs = 0
  /// The parameters and the outcome of each network whose training is over.
  private var ends: [(parameters: NetworkParameters, outcome: TrainingOutcome)?]

  /// Uploads everything that training and evaluation need. On devices that compile kernels, each
  /// kind of step runs once on networks that are thrown away.
  ///
  /// - Precondition: the setups are a population (``validate(_:)``), and the network fits the data.
  public init(_ setups: [TrainingSetup], on backend: some Backend) throws(BackendError) {
    self.setups = setups
    engine = try BackendPopulation(setups, on: backend)
    device = engine.device
    networks = engine.networks
    progress = setups.map(SessionProgress.init)
    ends = setups.map { _ in nil }
    times.build = buildSeconds
  }

  /// Refuses setups that cannot be trained at once, and those with which no training makes sense.
  public static func validate(_ setups: [TrainingSetup]) throws(NetworkError) {
    guard let first = setups.first else {
      throw .invalid("the number of networks", value: "0", wanted: "positive")
    }
    for (place, setup) in setups.enumerated() {
      try setup.validate()
      func require<Value: Equatable>(
        same value: (TrainingSetup) -> Value, _ what: String
      ) throws(NetworkError) {
        if value(setup) == value(first) { return }
        throw .mismatch(
          "networks that train at once share \(what), and network \(place + 1) has another than "
            + "network 1")
      }
      try require(same: \.network, "their layers, loss and scaling")
      try require(same: { $0.options.batchSize(of: $0.exampleCount) }, "the batch size")
      try require(same: \.options.epochs, "the number of epochs")
      try require(same: \.options.accumulation, "the number of parts of a batch")
      try require(same: \.data.train, "the training part, of which each may take other rows")
      try require(same: \.data.validation, "the validation part")
      try require(same: \.data.test, "the test part")
    }
  }

  /// The report of the device on its work so far.
  public var report: DeviceReport { engine.report }

  /// The parameters of a network: those that are kept where its training is over. Waits for the
  /// device.
  public func parameters(of network: Int) throws(BackendError) -> NetworkParameters {
    if let end = ends[network] { return end.parameters }
    return try networks[network].parameters()
  }

  /// Trains until every network is done, or `shouldStop` says so.
  ///
  /// - Parameters:
  ///   - progress: Called now and then while an epoch is under way, with the examples of all.
  ///   - epoch: Called after each epoch with the report of each network; nil for those that were
  ///     over before.
  ///   - shouldStop: Asked now and then.
  /// - Returns: The outcome of each network, with the seconds of all.
  public func run(
    progress: (TrainingProgress) -> Void = { _ in }, epoch: ([EpochReport?]) -> Void = { _ in },
    shouldStop: () -> Bool = { false }
  ) throws(BackendError) -> [TrainingOutcome] {
    while !isOver { epoch(try trainEpoch(progress: progress, shouldStop: shouldStop)) }
    return outcomes
  }

  /// The outcome of each network whose training is over.
  public var outcomes: [TrainingOutcome] {
    ends.compactMap { end in
      var outcome = end?.outcome
      outcome?.times = times
      return outcome
    }
  }

  /// Trains the next epoch, and measures the part that epochs end with for each network.
  ///
  /// - Precondition: the session ``isOver`` not yet.
  public func trainEpoch(
    progress: (TrainingProgress) -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws(BackendError) -> [EpochReport?] {
    precondition(!isOver, "the training is over")
    epochs += 1
    let start = EpochStart(
      epoch: epochs, examplesBefore: self.progress.reduce(0) { $0 + $1.examples },
      secondsBefore: times.training)
    let results = try engine.trainEpoch(
      epochs, progress: { progress(start.progress($0)) }, shouldStop: shouldStop)
    times.training += results.first?.seconds ?? 0
    let wasStopped = shouldStop()
    let parts = try measured(engine.reportsMonitored)
    var reports: [EpochReport?] = []
    for (place, result) in results.enumerated() {
      reports.append(try add(result, parts[place], to: place, wasStopped: wasStopped))
    }
    try end(places: reports.indices.filter { ends[$0] == nil && self.progress[$0].isOver })
    return reports
  }

  /// Takes a network's epoch. Networks that are over go on beside the others, which costs less than
  /// to leave them out; nothing of that is kept.
  private func add(
    _ result: TrainedEpoch, _ part: PartReport, to place: Int, wasStopped: Bool
  ) throws(BackendError) -> EpochReport? {
    if ends[place] != nil { return nil }
    return try progress[place].add(
      result, part, wasStopped: result.wasStopped || wasStopped, of: networks[place])
  }

  /// Ends the training of networks, which are tested together with the parameters that are kept.
  private func end(places: [Int]) throws(BackendError) {
    if places.isEmpty { return }
    var bestEpochs: [Int?] = []
    for place in places { bestEpochs.append(try progress[place].finish(networks[place])) }
    // Without a validation part, each epoch has measured the test part.
    let tests: [PartReport?] =
      setups[0].data.validation == nil
      ? progress.map(\.lastReport) : try measured(engine.reportsTest)
    let validations =
      places.contains { progress[$0].needsValidation } ? try measured(engine.reportsMonitored) : nil
    for (place, bestEpoch) in zip(places, bestEpochs) {
      guard let test = tests[place] else { continue }
      let outcome = progress[place].outcome(
        bestEpoch: bestEpoch, test: test, validation: validations?[place], times: times)
      ends[place] = (try networks[place].parameters(), outcome)
    }
  }

  /// Seconds in compilers, and of first runs.
  private var buildSeconds: Double { engine.report.buildSeconds + engine.warmUpSeconds }

  private func measured(
    _ reports: () throws(BackendError) -> [PartReport]
  ) throws(BackendError) -> [PartReport] {
    try times.measured({ buildSeconds }, reports)
  }
}
