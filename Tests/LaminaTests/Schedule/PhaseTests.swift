import LaminaReference
import Testing

@testable import Lamina

/// How lists are cut into phases.
@Suite struct PhaseTests {
  private let backend = ReferenceBackend()

  private func matrix(_ rows: Int, _ columns: Int) throws -> Matrix<ReferenceBackend> {
    try backend.makeMatrix(rows: rows, columns: columns)
  }

  private func layer(_ inputs: Int, _ outputs: Int) throws -> DenseParameters<ReferenceBackend> {
    DenseParameters(
      weights: try matrix(inputs, outputs), bias: try backend.makeVector(count: outputs))
  }

  private func phases(_ operations: [ReferenceOperation]) -> [Range<Int>] {
    Schedule(operations.map(\.accesses)).phases
  }

  @Test func nothingHasNoPhases() {
    #expect(phases([]) == [])
    #expect(Schedule([[ReferenceAccess]]()).phases.isEmpty)
  }

  /// A row of a batch goes through all layers without looking at other rows.
  @Test func forwardIsOnePhase() throws {
    let (x, y, z) = (try matrix(8, 20), try matrix(8, 40), try matrix(8, 3))
    let operations =
      .dense(x, try layer(20, 40), .relu, into: y) + .dense(y, try layer(40, 3), .tanh, into: z)
      + [.softmax(of: z, isLogarithmic: false, into: z)]
    #expect(phases(operations) == [0..<5])
  }

  /// Gradients sum over the rows, and the update takes other parts than they do.
  @Test func gradientsAndUpdatesWait() throws {
    let (x, y, delta) = (try matrix(8, 20), try matrix(8, 40), try matrix(8, 40))
    let gradients = try layer(20, 40)
    let operations =
      .dense(x, try layer(20, 40), .relu, into: y)
      + [.activationDelta(.relu, saved: y, on: delta)]
      + .denseGradients(x, delta, into: gradients)
      + [
        .update(
          try backend.makeVector(count: gradients.weights.memory.count),
          gradients: gradients.weights.memory, by: .sgd(SGD(learningRate: 1))),
        .fill(try backend.makeVector(count: 40), with: 0),
      ]
    #expect(phases(operations) == [0..<3, 3..<5, 5..<7])
    let schedule = Schedule(operations.map(\.accesses))
    #expect((0..<7).map(schedule.phase) == [0, 0, 0, 1, 1, 2, 2])
  }

  /// The statistics of a column need the whole batch, and so does whoever reads what they made.
  @Test func batchNormalizationIsAPhaseOfItsOwn() throws {
    let memory = OperationMemory()
    let sample = try OperationKind.batchNormalization.samples()[0].operation
    guard case .batchNormalization(let content) = sample else { return }
    let (x, y) = (try memory.matrix(5, 18), try memory.matrix(5, 18))
    #expect(
      phases([
        .add(x, y, into: content.input), sample,
        .activation(.relu, of: content.output, into: content.output),
      ]) == [0..<1, 1..<2, 2..<3])
  }

  @Test func partsOfOneBufferAreApart() throws {
    let buffer = backend.makeBuffer(byteCount: 4096)
    let first = Vector<ReferenceBackend>(buffer: buffer, offset: 0, count: 32)
    let second = Vector<ReferenceBackend>(buffer: buffer, offset: 32, count: 32)
    let between = Vector<ReferenceBackend>(buffer: buffer, offset: 16, count: 32)
    #expect(phases([.fill(first, with: 1), .fill(second, with: 2)]) == [0..<2])
    #expect(phases([.fill(first, with: 1), .clip(first, to: 2)]) == [0..<2])
    #expect(
      phases([.fill(first, with: 1), .fill(second, with: 2), .fill(between, with: 3)])
        == [0..<2, 2..<3])
  }

  /// Looking back goes no further than the phase: what came before it is done.
  @Test func aPhaseForgetsThoseBefore() throws {
    let vector = try backend.makeVector(count: 40)
    let sums = try backend.makeVector(count: 2)
    let operations: [ReferenceOperation] = [
      .fill(vector, with: 1), .partialSums(of: vector, .squares, into: sums),
      .clipNorm(of: vector, squares: sums, to: 1), .clip(vector, to: 1),
    ]
    #expect(phases(operations) == [0..<1, 1..<2, 2..<4])
  }

  /// A whole step of dense layers: rows, then sums over them, then the update.
  @Test func aStepOfDenseLayersHasThreePhases() throws {
    let description = NetworkDescription.classifier(
      inputs: 20, hidden: [17, 9], activation: .relu, classes: 5, inputScaling: .identity)
    let network = try Network(
      description,
      values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1), on: backend)
    let dataset = Dataset(
      name: "test", inputs: .floats([Float](repeating: 1, count: 20 * 8)),
      targets: .classes([Int32](repeating: 1, count: 8), classNames: (0..<5).map(String.init)),
      features: 20)
    let step = try TrainingStep(
      network, batch: BatchIndices(backend.makeIndices([Int32](0..<8)), count: 8),
      data: DeviceDataset(dataset, for: description, on: backend),
      buffers: BatchBuffers(description, rows: 8, on: backend), rule: .sgd(learningRate: 1))
    let operations = step.parts[0].operations
    let firstGradient = try #require(operations.firstIndex { $0.name == "columnSums" }) - 1
    #expect(
      phases(operations)
        == [0..<firstGradient, firstGradient..<operations.count - 1]
        + [operations.count - 1..<operations.count])
  }
}
