import Lamina
import LaminaCheck
import Support
import Testing

/// Networks that train at once, against the same networks trained alone.
@Suite(.serialized) struct PopulationTests {
  /// A shape with the numbers by which its networks differ.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var layers: [Layer] = [.dense(outputs: 12, activation: .relu)]
    var loss = Loss.softmaxCrossEntropy()
    /// The rule of a network, by the factor of its learning rate.
    var rule: @Sendable (Float) -> UpdateRule = { .sgd(learningRate: 0.1 * $0, momentum: 0.9) }
    var schedule = LearningRateSchedule.constant
    var accumulation = 1
    var standardizes = false
    /// The rows that each network trains with; none for all.
    var rows: [[Int32]] = []
    /// Factors of each network's learning rate.
    var rates: [Float] = [1, 0.5, 2]
  }

  static let cases = [
    Case(testDescription: "seeds and rates"),
    Case(testDescription: "quantiles", loss: .quantile(levels: [0.25, 0.5, 0.75])),
    Case(
      testDescription: "dropout and normalisation",
      layers: [
        .dense(outputs: 12, activation: .tanh), .batchNormalization(), .dropout(rate: 0.3),
      ], schedule: LearningRateSchedule(.step(every: 1, factor: 0.5))),
    Case(
      testDescription: "Adam, scaled inputs, weight decay",
      rule: { UpdateRule(.adam(Adam(learningRate: 0.01 * $0)), weightDecay: 0.1) },
      standardizes: true),
    Case(
      testDescription: "embedding",
      layers: [
        .embedding([
          EmbeddedColumn(categories: 90, width: 3), EmbeddedColumn(categories: 200, width: 2),
        ]), .dense(outputs: 12, activation: .relu),
      ], rule: { UpdateRule(.adam(Adam(learningRate: 0.01 * $0))) }),
    // Folds of 60 rows: batches of 16, and rests of 8, 8 and 9.
    Case(
      testDescription: "folds",
      rows: (0..<3).map { fold in
        [Int32](0..<61).filter { ($0 == 60 ? 3 : $0 % 3) != fold }
      }),
    Case(
      testDescription: "parts of batches, rows of very different number", accumulation: 3,
      rows: [[Int32](0..<20), [Int32](10..<58), [Int32](0..<61)]),
  ]

  private static func dataset(_ test: Case) -> Dataset {
    var generator = Philox(seed: 4).generator()
    let labels = (0..<61).map { Int32($0 % 3) }
    let bytes = labels.flatMap { label in
      (0..<9).map { column in
        UInt8(generator.uniform(below: 160)) + (column % 3 == Int(label) ? 90 : 0)
      }
    }
    return Dataset(
      name: "classes", inputs: .bytes(bytes),
      targets: test.loss.isForNumbers
        ? .values(labels.map { Double($0) }, names: ["number"])
        : .classes(labels, classNames: ["a", "b", "c"]), features: 9)
  }

  private static func description(_ test: Case, _ dataset: Dataset) -> NetworkDescription {
    var description = NetworkDescription(
      inputs: 9, layers: test.layers + [.dense(outputs: 3, activation: .identity)],
      loss: test.loss)
    description.inputScaling =
      test.standardizes
      ? .perFeature(
        centers: (0..<9).map { 100 + Double($0) }, scales: [Float](repeating: 0.01, count: 9),
        offsets: [Float](repeating: 0.1, count: 9)) : .unit
    if !description.embeddedColumns.isEmpty { description.inputScaling = .identity }
    return description
  }

  private static func trainings(
    _ test: Case, _ description: NetworkDescription
  ) -> [PopulationTraining] {
    test.rates.enumerated().map { place, factor in
      PopulationTraining(
        initial: NetworkParameters(
          for: description, initialization: .pyTorch, seed: UInt64(place)),
        options: TrainingOptions(
          batchSize: 16, epochs: 3, rule: test.rule(factor), schedule: test.schedule,
          accumulation: test.accumulation, seed: UInt64(7 + place)),
        rows: test.rows.isEmpty ? nil : test.rows[place])
    }
  }

  private static let tolerance = Tolerance(
    relative: 1e-3, absolute: 1e-4, because: "sums in another order, over a dozen steps")

  @Test(arguments: cases, TestBackend.all)
  func eachNetworkIsTrainedAsIfAlone(test: Case, backend: TestBackend) throws {
    let dataset = Self.dataset(test)
    let description = Self.description(test, dataset)
    let trainings = Self.trainings(test, description)
    try backend.use { try Self.check(test, description, trainings, dataset, on: $0) }
  }

  private static func check<B: Backend>(
    _ test: Case, _ description: NetworkDescription, _ trainings: [PopulationTraining],
    _ dataset: Dataset, on backend: B
  ) throws {
    let population = try PopulationTrainer(description, trainings, dataset: dataset, on: backend)
    var results: [[TrainedEpoch]] = []
    for epoch in 1...3 { results.append(try population.trainEpoch(epoch)) }
    for (place, training) in trainings.enumerated() {
      let alone = try Network(description, values: training.initial, on: backend)
      let trainer = try Trainer(
        alone, dataset: dataset, options: training.options, rows: training.rows)
      for epoch in 1...3 {
        let (one, other) = (results[epoch - 1][place], try trainer.trainEpoch(epoch))
        #expect(one.steps == other.steps && one.examples == other.examples)
        #expect(one.learningRate == other.learningRate)
        #expect(abs(one.loss - other.loss) <= 1e-4 * other.loss)
        #expect(abs(one.accuracy - other.accuracy) <= 0.02)
      }
      expectClose(
        try population.networks[place].values().tensors.flatMap(\.self),
        try alone.values().tensors.flatMap(\.self),
        backend.device.platform == "CPU" ? .exact : tolerance, test.testDescription)
    }
    let steps = results.reduce([0, 0, 0]) { sums, epoch in zip(sums, epoch).map { $0 + $1.steps } }
    #expect(population.stepsTaken == steps)
  }
}
