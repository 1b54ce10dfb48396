package import Lamina
package import LaminaDevices

/// The result of a training on one of several devices.
package struct TrainingResult: Sendable {
  /// The mean loss of each epoch.
  package var losses: [Double]
  /// The mean loss of the test examples, by the loss function of the training but without
  /// penalties.
  package var testLoss: Double
  package var testAccuracy: Double
  /// For each test example, whether its class was predicted correctly.
  package var hits: [Bool]
  /// The seconds of all epochs.
  package var seconds: Double
}

extension TrainingResult {
  fileprivate init(
    losses: [Double], _ outcome: TrainingOutcome, of setup: TrainingSetup
  ) throws(JobError) {
    guard case .classes(let labels, let names) = setup.data.test.targets,
      case .classes(let report) = outcome.test.report
    else {
      throw JobError(
        .input, "\(setup.data.test.name) has no classes, and only classifiers are compared")
    }
    let outputs = setup.network.logits(outcome.test.outputs)
    hits = labels.enumerated().map { example, label in
      let row = outputs[example * names.count..<(example + 1) * names.count]
      return ClassificationReport.prediction(row) == Int(label)
    }
    self.losses = losses
    testLoss = outcome.test.loss
    testAccuracy = report.accuracy
    seconds = outcome.times.training
  }
}

extension TrainingSetup {
  /// Trains on all devices, which take turns after each epoch (A B A B); nil if `shouldStop` ended
  /// it.
  package func train(
    on devices: [OpenDevice], shouldStop: () -> Bool = { false }
  ) throws -> [TrainingResult]? {
    let sessions = try devices.map { try TrainingSession(self, on: $0.backend) }
    var losses = [[Double]](repeating: [], count: sessions.count)
    while sessions.contains(where: { !$0.isOver }) {
      for (number, session) in sessions.enumerated() where !session.isOver {
        losses[number].append(try session.trainEpoch(shouldStop: shouldStop).trainLoss)
        if shouldStop() { return nil }
      }
    }
    return try zip(sessions, losses).map { session, losses in
      try TrainingResult(losses: losses, session.finish(), of: self)
    }
  }
}

extension [TrainingSetup] {
  /// Trains all networks at once; the losses and the accuracy are the means of the networks, and the
  /// hits those of the first.
  func train(on device: OpenDevice) throws -> TrainingResult? {
    if count == 1 { return try self[0].train(on: [device])?.first }
    try PopulationSession.validate(self)
    let session = try PopulationSession(self, on: device.backend)
    var losses: [Double] = []
    let outcomes = try session.run(epoch: { reports in
      let reports = reports.compactMap(\.self)
      losses.append(reports.reduce(0) { $0 + $1.trainLoss } / Double(reports.count))
    })
    var results: [TrainingResult] = []
    for (setup, outcome) in zip(self, outcomes) {
      results.append(try TrainingResult(losses: losses, outcome, of: setup))
    }
    func mean(_ value: (TrainingResult) -> Double) -> Double {
      results.reduce(0) { $0 + value($1) } / Double(results.count)
    }
    var result = results[0]
    result.testLoss = mean(\.testLoss)
    result.testAccuracy = mean(\.testAccuracy)
    return result
  }
}
