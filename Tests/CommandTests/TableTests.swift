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
        ["evaluate", "--model", model, "--data", other],
        "line 4 has the class \"dog\", but only these are known: ant, bee, cat")
    }

    /// A linear function of both features, told in units that the network does not see.
    @Test func numbersAreLearnedEvaluatedAndPredicted() throws {
      let data = try writeTable("t.csv") { row in
        let (kind, noise) = (row % 3, Double(row * 7 % 13) / 26)
        return "\(1000 + 300 * (Double(kind) + noise))"
      }
      let model = place.file("m")
      let trained = try Program.run([
        "train", "--data", data, "--hidden", "none", "--batch-size", "10", "--epochs", "60",
        "--learning-rate", "0.05", "--model", model, "--log", place.file("l"), "--quiet",
      ])
      #expect(trained.code == 0, "\(trained.errors)")
      let result = try #require(try place.log("l").last)
      #expect((result["test_r_squared"] as? Double ?? 0) > 0.999)
      #expect(result["test_accuracy"] == nil)
      let evaluated = try Program.run(["evaluate", "--model", model, "--data", data])
      #expect(evaluated.output.contains("R²                1.0000"), "\(evaluated.output)")
      let predicted = try Program.run([
        "predict", "--model", model, "--data", data, "--index", "0",
      ])
      #expect(predicted.output.contains("species"), "\(predicted.output)")
      let refused = ["train", "--data", data, "--loss", "softmax_cross_entropy"]
      try expectRefusal(refused, "the loss softmax_cross_entropy takes probabilities as targets")
      try expectRefusal(
        ["train", "--data", data, "--class-weights", "balanced"], "--class-weights are for classes")
    }

    @Test func theBestEpochIsKept() throws {
      // Classes that follow from nothing: what is learned by heart is wrong elsewhere.
      let data = try writeTable("t.csv") { ["ant", "bee", "cat"][$0 * 7919 % 101 % 3] }
      let train = [
        "train", "--data", data, "--hidden", "8", "--batch-size", "10", "--learning-rate", "1",
        "--epochs", "200", "--early-stopping", "3", "--quiet", "--log", place.file("l"),
      ]
      try expectRefusal(train, "--early-stopping needs a validation part")
      let result = try Program.run(
        train + ["--validation-share", "0.2", "--model", place.file("m")])
      #expect(result.code == 0, "\(result.errors)")
      let log = try place.log("l")
      let losses = log.compactMap { $0["validation_loss"] as? Double }
      let best = try #require(log.last?["best_epoch"] as? Int)
      #expect(losses.count < 200 && losses.count == best + 3)
      #expect(losses.min() == losses[best - 1])
      // What is measured at the end, and saved, are the weights of that epoch.
      let evaluated = try Program.run(["evaluate", "--model", place.file("m"), "--data", data])
      let accuracy = try #require(log.last?["test_accuracy"] as? Double)
      #expect(evaluated.output.contains("(\(Int((accuracy * 30).rounded())) of 30)"))
    }

    @Test func damagedTablesAreRefusedWithTheirLine() throws {
      let data = try writeTable("t.csv") { $0 == 40 ? "ant,more" : "ant" }
      try expectRefusal(["train", "--data", data], "line 42")
    }
  }
}
