import Lamina
import LaminaCPU
import Testing

/// A session of several networks against a session of each alone.
@Suite struct PopulationSessionTests {
  private static let network = SessionExamples.network

  private static func setups(validates: Bool = true) -> [TrainingSetup] {
    let data = DatasetSplit(
      train: SessionExamples.dataset("train", count: 50, seed: 1),
      validation: validates ? SessionExamples.dataset("validation", count: 30, seed: 2) : nil,
      test: SessionExamples.dataset("test", count: 40, seed: 3))
    return (0..<4).map { place in
      let schedule: LearningRateSchedule.Decay =
        place == 2
        ? .reduceOnPlateau(ReduceOnPlateau(factor: 0.5, patience: 0, threshold: 0)) : .constant
      return TrainingSetup(
        network: network,
        initial: NetworkParameters(
          for: network, initialization: .pyTorch, seed: UInt64(place)), data: data,
        rows: place == 3 ? [Int32](7..<45) : nil,
        options: TrainingOptions(
          batchSize: 8, epochs: 25,
          rule: .sgd(learningRate: 0.3 * Float(1 + place), momentum: 0.5),
          schedule: LearningRateSchedule(schedule), seed: UInt64(place)),
        earlyStopping: validates && place > 0 ? EarlyStopping(patience: 2) : nil)
    }
  }

  @Test(arguments: [true, false])
  func eachNetworkEndsAsIfAlone(validates: Bool) throws {
    let setups = Self.setups(validates: validates)
    try PopulationSession.validate(setups)
    let backend = try CPUBackend(threads: 1)
    let session = try PopulationSession(setups, on: backend)
    var reports: [[EpochReport?]] = []
    let outcomes = try session.run(epoch: { reports.append($0) })
    #expect(session.isOver && outcomes.count == 4)
    for (place, setup) in setups.enumerated() {
      let alone = try TrainingSession(setup, on: backend)
      var losses: [Double] = []
      let wanted = try alone.run(epoch: { losses += [$0.trainLoss, $0.part.loss] })
      let outcome = outcomes[place]
      #expect(outcome.ending == wanted.ending && outcome.epochs == wanted.epochs)
      #expect(outcome.steps == wanted.steps && outcome.examples == wanted.examples)
      #expect(outcome.bestEpoch == wanted.bestEpoch)
      #expect(outcome.test.outputs == wanted.test.outputs)
      #expect(try session.parameters(of: place) == alone.parameters())
      let reported = reports.compactMap { $0[place] }
      #expect(reported.flatMap { [$0.trainLoss, $0.part.loss] } == losses)
    }
    // Early stopping ends some before the others.
    #expect(validates == (Set(outcomes.map(\.epochs)).count > 1))
  }

  @Test func aStopEndsAll() throws {
    let session = try PopulationSession(Self.setups(), on: CPUBackend(threads: 1))
    var epochs = 0
    let outcomes = try session.run(epoch: { _ in epochs += 1 }, shouldStop: { epochs > 0 })
    #expect(epochs == 2 && outcomes.allSatisfy { $0.ending == .stopped })
  }

  @Test func setupsThatCannotBeTrainedAtOnceAreRefused() {
    func problem(_ change: (inout TrainingSetup) -> Void) -> String {
      var setups = Self.setups()
      change(&setups[2])
      do throws(NetworkError) { try PopulationSession.validate(setups) } catch {
        return error.description
      }
      return ""
    }
    let start = "networks that train at once share"
    let end = "and network 3 has another than network 1"
    #expect(problem { $0.options.batchSize = 9 } == "\(start) the batch size, \(end)")
    #expect(problem { $0.options.epochs = 9 } == "\(start) the number of epochs, \(end)")
    #expect(
      problem { $0.data.train.weights = [Float](repeating: 2, count: 50) }
        == "\(start) the training part, of which each may take other rows, \(end)")
    #expect(
      problem { $0.rows = [3, 50] }
        == "a row to train with is 50; it must be from 0 to 49, since train has 50 examples")
    #expect(
      problem { setup in
        setup.network = .classifier(
          inputs: 12, hidden: [10], activation: .relu, classes: 3, inputScaling: .unit)
      } == "\(start) their layers, loss and scaling, \(end)")
    #expect(throws: NetworkError.self) { try PopulationSession.validate([]) }
    #expect(problem { _ in }.isEmpty)
  }
}
