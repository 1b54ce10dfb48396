import Lamina
import LaminaData
import LaminaLearning
import Testing

/// Wrong rows are refused with a sentence, and never end the program.
struct LearningErrorTests {
  private let options = FitOptions(hidden: [2], epochs: 1)

  private func problem(_ work: () async throws -> TrainedModel) async -> String {
    do { _ = try await work() } catch { return "\(error)" }
    return ""
  }

  @Test func rowsAreChecked() async {
    let classes = ["a", "b"]
    let cases: [([[Float]], [String], String)] = [
      ([], [], "there are no rows"), ([[1], [2, 3]], classes, "row 1 has 2 inputs, but 1"),
      ([[], []], classes, "row 0 has 0 inputs"), ([[1], [.nan]], classes, "row 1, input 0 is nan"),
      ([[1], [.infinity]], classes, "row 1, input 0 is inf"),
      ([[1]], classes, "there are 1 rows and 2 answers"),
      ([[1], [2]], ["a", "a"], "all rows have the class \"a\""),
    ]
    for (rows, classes, words) in cases {
      let found = await problem { try await Lamina.fit(rows, classes: classes, options: options) }
      #expect(found.contains(words), "\(found)")
    }
    let names = await problem {
      try await Lamina.fit([[1], [2]], classes: classes, names: ["x", "y"], options: options)
    }
    #expect(names.contains("there are 2 names for 1 inputs"))
  }

  @Test func answersAreChecked() async {
    for (numbers, words) in [
      ([[1], [2, 3]], "row 1 has 2 answers"), ([[1], [.nan]], "the answer of row 1 is nan"),
      ([[], []], "row 0 has 0 answers"), ([[1]], "2 rows and 1 answers"),
    ] as [([[Double]], String)] {
      let found = await problem {
        try await Lamina.fit([[1], [2]], numbers: numbers, options: options)
      }
      #expect(found.contains(words), "\(found)")
    }
    let labels = await problem {
      try await Lamina.fit(
        [[1], [2]], labels: [[true], [false, true]], labelNames: ["l"], options: options)
    }
    #expect(labels.contains("row 1 has 2 answers, but 1"))
  }

  @Test func optionsAreChecked() async {
    func found(_ change: (inout FitOptions) -> Void) async -> String {
      var options = options
      change(&options)
      return await problem {
        try await Lamina.fit(
          (0..<20).map { [Float($0)] }, classes: (0..<20).map { "\($0 % 2)" }, options: options)
      }
    }
    #expect(await found { $0.validationShare = 1 }.contains("a validation share of 1.0"))
    #expect(await found { $0.validationShare = 0.001 }.contains("leaves a part empty"))
    #expect(await found { $0.epochs = 0 }.contains("the number of epochs is 0"))
    #expect(await found { $0.batchSize = 0 }.contains("batch"))
    #expect(await found { $0.device = "no such" }.contains("no such"))
    #expect(await found { $0.network.loss = .squaredError }.isEmpty)
    #expect(await found { $0.network.loss = .logisticCrossEntropy }.isEmpty)
    #expect(await found { $0.hidden = [.dense(outputs: 0, activation: .relu)] }.contains("0"))
    #expect(await found { $0.validationShare = 0 }.isEmpty)
    #expect(
      await found { $0.network.scalesTargets = true }.contains("target scaling has no effect"))
  }

  @Test func newRowsAreChecked() async throws {
    let model = try await Lamina.fit(
      (0..<20).map { [Float($0), 1] }, classes: (0..<20).map { "\($0 % 2)" }, options: options)
    #expect(throws: LearningError.rowLength(row: 1, found: 1, wanted: 2)) {
      try model.predict([[1, 2], [3]])
    }
    #expect(throws: LearningError.notFinite(row: 0, input: 1, value: "nan")) {
      try model.predict([[1, .nan]])
    }
    #expect(try model.predict([]).isEmpty)
  }
}
