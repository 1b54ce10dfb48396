import Lamina
import LaminaCPU
import Testing

/// A session against the same training done by hand with a trainer and an evaluator.
@Suite struct TrainingSessionTests {
  private static let network = SessionExamples.network

  private static func setup(
    epochs: Int = 6, rate: Float = 0.5, schedule: LearningRateSchedule = .constant,
    validates: Bool = true, earlyStopping: EarlyStopping? = nil
  ) -> TrainingSetup {
    TrainingSetup(
      network: network,
      initial: NetworkParameters(for: network, initialization: .pyTorch, seed: 5),
      data: DatasetSplit(
        train: SessionExamples.dataset("train", count: 50, seed: 1),
        validation: validates ? SessionExamples.dataset("validation", count: 30, seed: 2) : nil,
        test: SessionExamples.dataset("test", count: 40, seed: 3)),
      options: TrainingOptions(
        batchSize: 8, epochs: epochs, rule: .sgd(learningRate: rate, momentum: 0.5),
        schedule: schedule, seed: 5), earlyStopping: earlyStopping)
  }

  /// One training by hand, epoch by epoch.
  private final class ByHand {
    let network: Network<CPUBackend>
    let trainer: Trainer<CPUBackend>
    private let evaluator: Evaluator<CPUBackend>

    init(_ setup: TrainingSetup) throws {
      network = try Network(setup.network, values: setup.initial, on: CPUBackend(threads: 1))
      trainer = try Trainer(network, dataset: setup.data.train, options: setup.options)
      evaluator = try Evaluator(network)
    }

    func loss(_ dataset: Dataset) throws -> Double {
      try evaluator.evaluate(
        DeviceDataset(dataset, for: network.description, on: network.backend)
      ).loss
    }
  }

  private func session(_ setup: TrainingSetup) throws -> TrainingSession {
    try setup.validate()
    return try TrainingSession(setup, on: CPUBackend(threads: 1))
  }

  @Test(arguments: [true, false])
  func trainsAndMeasuresLikeItsParts(validates: Bool) throws {
    let setup = Self.setup(validates: validates)
    let (session, hand) = (try session(setup), try ByHand(setup))
    var reports: [EpochReport] = []
    let outcome = try session.run(epoch: { reports.append($0) })
    #expect(reports.map(\.epoch) == Array(1...6))
    for report in reports {
      #expect(report.trainLoss == (try hand.trainer.trainEpoch(report.epoch).loss))
      #expect(report.part.loss == (try hand.loss(setup.data.validation ?? setup.data.test)))
      #expect(report.isValidation == validates && report.trainAccuracy != nil)
    }
    #expect(outcome.ending == .finished && outcome.epochs == 6 && outcome.bestEpoch == nil)
    #expect(outcome.steps == 6 * 7 && outcome.examples == 6 * 50)
    #expect(outcome.test.loss == (try hand.loss(setup.data.test)))
    #expect(outcome.test.outputs.count == 40 * 3)
    #expect(try session.parameters() == hand.network.values())
    #expect(outcome.times.training > 0 && outcome.times.evaluation > 0)
  }

  @Test func earlyStoppingKeepsTheBestEpoch() throws {
    let setup = Self.setup(
      epochs: 200, rate: 0.8, earlyStopping: EarlyStopping(patience: 3))
    let (session, hand) = (try session(setup), try ByHand(setup))
    let outcome = try session.run()
    var best = (epoch: 0, loss: Double.infinity, parameters: setup.initial)
    var epoch = 0
    while epoch - best.epoch < 3 || epoch == 0 {
      epoch += 1
      _ = try hand.trainer.trainEpoch(epoch)
      let loss = try hand.loss(#require(setup.data.validation))
      if loss < best.loss { best = (epoch, loss, try hand.network.values()) }
    }
    #expect(outcome.epochs == epoch && epoch < 200)
    #expect(outcome.bestEpoch == best.epoch)
    #expect(try session.parameters() == best.parameters)
    try hand.network.load(best.parameters)
    #expect(outcome.test.loss == (try hand.loss(setup.data.test)))
  }

  @Test func aPlateauIsThatOfTheValidationPart() throws {
    let plateau = ReduceOnPlateau(factor: 0.5, patience: 0, threshold: 0)
    let setup = Self.setup(
      epochs: 30, rate: 0.8, schedule: LearningRateSchedule(.reduceOnPlateau(plateau)))
    var (rates, losses): ([Double], [Double]) = ([], [])
    _ = try session(setup).run(epoch: {
      rates.append($0.training.learningRate)
      losses.append($0.part.loss)
    })
    var (rate, best, wanted) = (Double(Float(0.8)), Double.infinity, [Double]())
    for loss in losses {
      wanted.append(rate)
      if loss < best { best = loss } else { rate /= 2 }
    }
    // Halves of a float are exact.
    #expect(rates == wanted && Set(rates).count > 2)
  }

  @Test func stopsWhenItIsAskedTo() throws {
    let session = try session(Self.setup())
    var epochs = 0
    let outcome = try session.run(epoch: { _ in epochs += 1 }, shouldStop: { epochs == 2 })
    #expect(outcome.ending == .stopped && outcome.isUsable && session.isOver)
    // The third epoch notices at its first look.
    #expect(outcome.epochs == 3 && outcome.steps < 3 * 7)
  }

  @Test func aLimitOfStepsEndsIt() throws {
    var setup = Self.setup()
    setup.options.stepLimit = 10
    var progress: [Int] = []
    let outcome = try session(setup).run(progress: { progress.append($0.examplesBefore) })
    #expect(outcome.ending == .finished && outcome.steps == 10 && outcome.epochs == 2)
    #expect(Set(progress) == [0, 50])
  }

  @Test func aTrainingThatDivergesEndsAtOnce() throws {
    var setup = Self.setup(rate: 1e30)
    setup.network.layers[0] = .dense(outputs: 10, activation: .relu)
    let outcome = try session(setup).run()
    guard case .diverged(let epoch, let loss) = outcome.ending else {
      Issue.record("it ended with \(outcome.ending)")
      return
    }
    #expect(epoch == 1 && !loss.isFinite && outcome.epochs == 1 && !outcome.isUsable)
  }

  @Test func withoutAnEpochTheInitialParametersAreMeasured() throws {
    let setup = Self.setup(validates: false)
    let outcome = try session(setup).finish()
    #expect(outcome.epochs == 0 && outcome.trainLoss.isNaN)
    #expect(outcome.test.loss == (try ByHand(setup).loss(setup.data.test)))
  }

  @Test func refusesSetupsThatMakeNoSense() throws {
    func problem(_ change: (inout TrainingSetup) -> Void) -> String {
      var setup = Self.setup()
      change(&setup)
      do { try setup.validate() } catch { return error.description }
      return ""
    }
    #expect(problem { _ in } == "")
    #expect(
      problem {
        $0.data.validation = nil
        $0.earlyStopping = EarlyStopping(patience: 1)
      }.contains("early stopping needs a validation part"))
    #expect(
      problem {
        let train = $0.data.train
        $0.data.train = Dataset(
          name: train.name, inputs: train.inputs, targets: .inputs, features: 12)
        $0.earlyStopping = EarlyStopping(patience: 1, metric: .accuracy)
      }.contains("only classes have an accuracy"))
    #expect(problem { $0.options.batchSize = 51 }.contains("at most the 50 examples"))
    #expect(problem { $0.initial.tensors.removeLast() }.contains("tensors of parameters"))
  }
}
