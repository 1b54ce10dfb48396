import Lamina
import Support
import Testing

/// What a training step asks of a backend, and in which order.
@Suite struct StepSequenceTests {
  private func trainer(_ backend: ReferenceBackend, count: Int) throws -> Trainer<ReferenceBackend>
  {
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
        batchSize: 8, epochs: 1, optimizer: SGD(learningRate: 0.1, momentum: 0.9), seed: 1))
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
      calls == ["write", "fill", "fill"] + [String](repeating: "run", count: 20) + ["read", "read"])
  }

  /// The remainder of an epoch is a sequence of its own, prepared beforehand.
  @Test func aLeftOverBatchIsPreparedBeforehand() throws {
    let backend = ReferenceBackend()
    let trainer = try trainer(backend, count: 8 * 2 + 3)
    #expect(backend.calls.filter { $0 == "prepare(" }.count == 2)
    let result = try trainer.trainEpoch(1)
    #expect(result.steps == 3)
    #expect(result.examples == 19)
  }
}
