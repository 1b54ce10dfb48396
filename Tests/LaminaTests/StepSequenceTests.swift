import Lamina
import LaminaCheck
import LaminaReference
import Support
import Testing

/// What a training step asks of a backend, and in which order.
@Suite struct StepSequenceTests {
  private func trainer(
    _ backend: ReferenceBackend, count: Int,
    rule: UpdateRule = .sgd(learningRate: 0.1, momentum: 0.9), accumulation: Int = 1,
    schedule: LearningRateSchedule = .constant, batchSize: Int? = 8
  ) throws -> Trainer<ReferenceBackend> {
    let description = NetworkDescription.classifier(
      inputs: 4, hidden: [3, 2], activation: .tanh, classes: 2, inputScaling: .identity)
    let network = try Network(
      description,
      values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1), on: backend)
    return try Trainer(
      network,
      dataset: Dataset(
        name: "test", inputs: .floats([Float](repeating: 1, count: count * 4)),
        targets: .classes([Int32](repeating: 1, count: count), classNames: ["0", "1"]),
        features: 4),
      options: TrainingOptions(
        batchSize: batchSize, epochs: 4, rule: rule, schedule: schedule,
        accumulation: accumulation, seed: 1))
  }

  /// Deltas before updates, no delta for the inputs, one update for all parameters, and nothing
  /// that waits or copies.
  @Test func aStepIsThisSequence() throws {
    let backend = ReferenceBackend()
    _ = try trainer(backend, count: 16)
    let start = try #require(backend.calls.firstIndex(of: "prepare("))
    let end = try #require(backend.calls.firstIndex(of: ")"))
    #expect(
      Array(backend.calls[start + 1..<end]) == [
        "gather",
        "matmul", "activation", "matmul", "activation", "matmul", "activation",
        "softmax_cross_entropy",
        "matmul", "activationDelta", "matmul", "activationDelta",
        "matmul", "columnSums", "matmul", "columnSums", "matmul", "columnSums",
        "update",
      ])
  }

  /// The order is written once, the sums are read once; steps only run.
  @Test func anEpochWritesOnceAndReadsAtItsEnd() throws {
    let backend = ReferenceBackend()
    let trainer = try trainer(backend, count: 8 * 20)
    let before = backend.calls.count
    _ = try trainer.trainEpoch(1)
    let calls = backend.calls[before...].filter { $0 != "mark" && $0 != "wait" }
    #expect(
      calls == ["write"] + [String](repeating: "run", count: 1 + 20) + ["read", "read"])
  }

  /// The remainder of an epoch is a list of its own, prepared beforehand.
  @Test func aLeftOverBatchIsPreparedBeforehand() throws {
    let backend = ReferenceBackend()
    let trainer = try trainer(backend, count: 8 * 2 + 3)
    // Besides the two steps, the list that clears losses and hits.
    #expect(backend.calls.filter { $0 == "prepare(" }.count == 3)
    let result = try trainer.trainEpoch(1)
    #expect(result.steps == 3)
    #expect(result.examples == 19)
  }

  /// The operations of each prepared list from the gradients on.
  private func updates(_ calls: [String]) -> [[String]] {
    calls.split(separator: ")").dropLast().compactMap { part in
      part.lastIndex(of: "activationDelta").map { Array(part[($0 + 1)...]) }
    }
  }

  static let gradients = ["matmul", "columnSums", "matmul", "columnSums", "matmul", "columnSums"]

  @Test func everythingThatAnUpdateCanDoIsInThisOrder() throws {
    let backend = ReferenceBackend()
    let rule = UpdateRule(
      .adamW(Adam()), penalties: Penalties(l1: 0.1, l2: 0.1),
      clipping: GradientClipping(value: 1, norm: 1), maxNorm: 1)
    _ = try trainer(backend, count: 16, rule: rule)
    #expect(
      updates(backend.calls) == [
        Self.gradients + [
          "penaltyGradient", "clip", "partialSums", "clipNorm", "decay", "update",
          "columnNormLimit", "columnNormLimit", "columnNormLimit",
        ]
      ])
  }

  /// Decay and maximum norm leave gradients alone: these still add up to the velocity.
  @Test func momentumStaysInTheProductsWherePossible() throws {
    let backend = ReferenceBackend()
    var rule = UpdateRule.sgd(learningRate: 0.1, momentum: 0.9)
    rule.weightDecay = 0.1
    rule.maxNorm = 1
    _ = try trainer(backend, count: 16, rule: rule)
    #expect(
      updates(backend.calls) == [
        Self.gradients + ["decay", "update"]
          + [String](repeating: "columnNormLimit", count: 3)
      ])
  }

  /// First part, parts between, last part, with one update; a batch of 3 has parts of its own.
  @Test func accumulationUpdatesOnce() throws {
    let backend = ReferenceBackend()
    let trainer = try trainer(backend, count: 8 + 3, accumulation: 4)
    #expect(
      updates(backend.calls) == [
        Self.gradients, Self.gradients, Self.gradients + ["update"],
        Self.gradients, Self.gradients, Self.gradients + ["update"],
      ])
    let before = backend.calls.count
    let result = try trainer.trainEpoch(1)
    #expect(result.steps == 2)
    // The meter is cleared by a list of its own.
    #expect(backend.calls[before...].count { $0 == "run" } == 1 + 4 + 3)
  }

  @Test func allExamplesAreABatchWhereNoneIsNamed() throws {
    let trainer = try trainer(ReferenceBackend(), count: 19, batchSize: nil)
    #expect(try trainer.trainEpoch(1).steps == 1)
    let online = try self.trainer(ReferenceBackend(), count: 19, batchSize: 1)
    #expect(try online.trainEpoch(1).steps == 19)
  }

  /// The rate of a step is told, and a plateau lowers that of the next epochs.
  @Test func schedulesReachTheSteps() throws {
    let halving = LearningRateSchedule(.exponential(factor: 0.5))
    let trainer = try trainer(ReferenceBackend(), count: 16, schedule: halving)
    for (epoch, rate) in [0.1, 0.05, 0.025, 0.0125].enumerated() {
      #expect(abs(try trainer.trainEpoch(epoch + 1).learningRate - rate) < 1e-8)
    }
    let plateau = LearningRateSchedule(
      .reduceOnPlateau(ReduceOnPlateau(factor: 0.5, patience: 0)))
    let patient = try self.trainer(ReferenceBackend(), count: 16, schedule: plateau)
    #expect(abs(try patient.trainEpoch(1).learningRate - 0.1) < 1e-8)
    patient.monitoredValue = 1
    #expect(abs(try patient.trainEpoch(2).learningRate - 0.1) < 1e-8)
    patient.monitoredValue = 1
    #expect(abs(try patient.trainEpoch(3).learningRate - 0.05) < 1e-8)
  }

  @Test func penaltiesAreInTheLoss() throws {
    let plain = try trainer(ReferenceBackend(), count: 16, rule: .sgd(learningRate: 1e-9))
    var rule = UpdateRule.sgd(learningRate: 1e-9)
    rule.penalties = Penalties(l1: 0.5, l2: 3)
    let punished = try trainer(ReferenceBackend(), count: 16, rule: rule)
    let weights = try punished.network.dense.flatMap {
      try punished.network.backend.values(of: $0.weights).map(Double.init)
    }
    let penalty = weights.reduce(0) { $0 + 0.5 * abs($1) + 1.5 * $1 * $1 }
    let (loss, result) = (try plain.trainEpoch(1).loss, try punished.trainEpoch(1))
    #expect(abs(result.penalty - penalty) < 1e-6 * penalty)
    #expect(abs(result.loss - loss - penalty) < 1e-6 * penalty)
  }
}
