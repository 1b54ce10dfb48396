import Foundation
import Testing

extension CommandTests {
  /// Tables, from training to evaluation.
  @Suite struct TableTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private static let devices =
      (try? Program.run(["devices"]).output.contains("opencl:0")) == true
      ? ["cpu", "opencl:0"] : ["cpu"]

    /// Three alternating classes, which two features with very different ranges separate.
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
      // Without standardisation, the second feature would saturate all units.
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

    /// A table with a column of 200 towns, of which the kind depends in no order.
    private func writeTowns(_ name: String) throws -> String {
      let rows = (0..<2000).map { row in
        let town = row * 77 % 200
        return "\(Double(row * 31 % 97) / 97),town \(town),\(["a", "b", "c"][town * 7 % 11 % 3])"
      }
      try Data((["size,town,kind"] + rows).joined(separator: "\n").utf8)
        .write(to: URL(fileURLWithPath: place.file(name)))
      return place.file(name)
    }

    /// `opencl` too where there is a device.
    @Test(arguments: devices)
    func aColumnOfManyCategoriesIsEmbedded(device: String) throws {
      let (data, model) = (try writeTowns("t.csv"), place.file("m"))
      let trained = try Program.run([
        "train", "--data", data, "--hidden", "16", "--batch-size", "32", "--epochs", "12",
        "--optimizer", "adam", "--learning-rate", "0.01", "--embedding-width", "6", "--device",
        device, "--model", model, "--log", place.file("l"), "--quiet",
      ])
      #expect(trained.code == 0, "\(trained.errors)")
      let log = try place.log("l")
      #expect(log.first?["layers"] as? [String] == ["embedding(200×6)", "16", "3"])
      #expect(log.first?["activation"] as? String == "relu")
      #expect(log.last?["test_accuracy"] as? Double == 1)
      let again = try Program.run([
        "train", "--data", data, "--hidden", "16", "--epochs", "1", "--initial-model", model,
        "--quiet",
      ])
      #expect(again.code == 0, "\(again.errors)")
      // A town that nobody knows has a row of zeros.
      try Data("size,town\n0.5,town 7\n0.5,nowhere\n".utf8)
        .write(to: URL(fileURLWithPath: place.file("n.csv")))
      let predicted = try Program.run([
        "predict", "--model", model, "--data", place.file("n.csv"),
      ])
      #expect(predicted.code == 0 && predicted.errors.contains("nowhere"), "\(predicted.errors)")
      #expect(predicted.output.hasPrefix("prediction\nc\n"), "\(predicted.output)")
    }

    @Test func embeddingsHaveLimits() throws {
      let data = try writeTowns("t.csv")
      func refuses(_ options: [String], _ text: String) throws {
        try expectRefusal(["train", "--data", data] + options, text)
      }
      try refuses(
        ["--task", "auto_encoding", "--embedding-above", "4"],
        "embedding-above cannot be used here: an auto-encoder restores its inputs")
      try refuses(["--embedding-width", "0"], "it is 0, but must be from 1 to 4096")
      try refuses(["--embedding-above", "-1"], "it is -1, but must be from 0 to 1000000")
      // One input per category, where that is wanted or nothing else is possible.
      for options in [["--embedding-above", "200"], ["--task", "auto_encoding"]] {
        let trained = try Program.run(
          ["train", "--data", data, "--epochs", "1", "--quiet", "--log", place.file("l")] + options)
        #expect(trained.code == 0, "\(trained.errors)")
        let layers = try #require(try place.log("l").first?["layers"] as? [String])
        #expect(!layers[0].contains("embedding"))
      }
    }

    /// A linear function of both features, in units other than those of the network.
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
      try expectRefusal(refused, "the loss softmax_cross_entropy needs probabilities")
      try expectRefusal(
        ["train", "--data", data, "--class-weights", "balanced"], "--class-weights is for classes")
    }

    @Test func theBestEpochIsKept() throws {
      // Random classes: a network that memorises the examples is wrong on others.
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
      // The final evaluation and the saved model use the weights of that epoch.
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
