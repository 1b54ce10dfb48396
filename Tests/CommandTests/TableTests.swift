import Foundation
import Testing

extension CommandTests {
  /// Data sets that are no pictures, through the whole program.
  @Suite struct TableTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    /// Three classes in turns, told apart by two numbers of very different ranges.
    private func writeTable(_ name: String, target: (Int) -> String) throws -> String {
      let rows = (0..<150).map { row in
        let (kind, noise) = (row % 3, Double(row * 7 % 13) / 26)
        return "\(Double(kind) + noise),\(1e4 * (Double(kind * kind) + noise)),\(target(row))"
      }
      try Data((["width,height,species"] + rows).joined(separator: "\n").utf8)
        .write(to: URL(fileURLWithPath: place.file(name)))
      return place.file(name)
    }

    @Test func aTableIsLearnedEvaluatedAndPredicted() throws {
      let data = try writeTable("t.csv") { ["ant", "bee", "cat"][$0 % 3] }
      let model = place.file("m")
      let trained = try Program.run([
        "train", "--data", data, "--hidden", "8", "--batch-size", "10", "--epochs", "30",
        "--learning-rate", "0.1", "--model", model, "--log", place.file("l"), "--quiet",
      ])
      #expect(trained.code == 0, "\(trained.errors)")
      // Without standardisation the second feature saturates everything.
      let accuracy = try #require(try place.log("l").last?["test_accuracy"] as? Double)
      #expect(accuracy == 1)
      let evaluated = try Program.run(["evaluate", "--model", model, "--data", data])
      #expect(evaluated.code == 0, "\(evaluated.errors)")
      #expect(evaluated.output.contains("(30 of 30)"), "\(evaluated.output)")
      #expect(evaluated.output.contains("bee"))
      let predicted = try Program.run([
        "predict", "--model", model, "--data", data, "--index", "0",
      ])
      #expect(predicted.output.contains("predicted  ") && predicted.output.contains("true  "))
      #expect(predicted.code == 0 && !predicted.output.contains("wrong"), "all are learned")
      let other = try writeTable("u.csv") { ["ant", "bee", "dog"][$0 % 3] }
      try expectRefusal(
        ["evaluate", "--model", model, "--data", other], "output 2 of the model stands for cat")
    }

    @Test func numbersAsTargetsAreRefusedBeforeAnythingRuns() throws {
      let data = try writeTable("t.csv") { "\(Double($0) + 0.5)" }
      try expectRefusal(
        ["train", "--data", data, "--model", place.file("m")],
        "has no classes, and only classes are reported")
      #expect(!(try place.names.contains("m")))
    }

    @Test func damagedTablesAreRefusedWithTheirLine() throws {
      let data = try writeTable("t.csv") { $0 == 40 ? "ant,more" : "ant" }
      try expectRefusal(["train", "--data", data], "line 42")
    }
  }
}
