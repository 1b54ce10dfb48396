import Foundation
import Testing

extension CommandTests {
  /// Thresholds and temperature that a training chooses are in the model and used.
  @Suite struct ChosenOutputsTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    /// Two overlapping classes, the second of them rare.
    private func data() throws -> String {
      var (state, rows) = (UInt64(1), ["x,y,kind"])
      func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / Double(1 << 53)
      }
      for _ in 0..<600 {
        let (x, y) = (next(), next())
        rows.append("\(x),\(y),\(next() < 0.6 * x * y + 0.05 ? "rare" : "common")")
      }
      return try place.write(rows.joined(separator: "\n"), "two.csv")
    }

    private func object(_ arguments: [String]) throws -> [String: Any] {
      let run = try Program.run(arguments)
      #expect(run.code == 0, "\(run.errors)")
      let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
      return try #require(object as? [String: Any])
    }

    @Test func twoClassesHaveAThresholdAndATemperature() throws {
      let (data, model) = (try data(), place.file("m"))
      let run = try Program.run([
        "train", "--data", data, "--hidden", "64", "--epochs", "30", "--validation-share", "0.3",
        "--thresholds", "f1", "--calibrate", "temperature", "--model", model,
        "--log", place.file("l"), "--optimizer", "adam",
      ])
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.output.contains("minimises the log loss on the validation part"), "\(run.output)")
      #expect(run.output.contains("thresholds that maximise F1"), "\(run.output)")
      let result = try #require(try place.log("l").last)
      let threshold = try #require((result["thresholds"] as? [Double])?.first)
      let temperature = try #require(result["temperature"] as? Double)
      #expect(threshold != 0.5 && temperature != 1)
      let (before, after) = (result["validation_f1"], result["validation_f1_chosen"])
      #expect((before as? [Any])?.count == 1)
      #expect(try #require((after as? [Double])?.first) > ((before as? [Double])?.first ?? 0))
      // The evaluation goes by both.
      let evaluation = try object(["evaluate", "--model", model, "--data", data, "--json"])
      #expect(evaluation["thresholds"] as? [Double] == [threshold])
      #expect(evaluation["temperature"] as? Double == temperature)
      #expect(evaluation["accuracy"] as? Double == result["test_accuracy"] as? Double)
      let error = result["expected_calibration_error"] as? Double
      #expect(evaluation["expected_calibration_error"] as? Double == error)
      #expect((evaluation["reliability"] as? [Any])?.count == 15)
      #expect(evaluation["log_loss"] as? Double != evaluation["loss"] as? Double)
      // So do predictions: a row is rare if its probability is above the threshold.
      let predicted = try Program.run([
        "predict", "--model", model, "--data", data, "--probabilities", "--quiet",
      ])
      #expect(predicted.code == 0, "\(predicted.errors)")
      let rows = predicted.lines.dropFirst().map { $0.split(separator: ",") }
      let classes = try #require(predicted.lines.first?.split(separator: ","))
      #expect(rows.count == 600)
      let second = String(classes[2].dropFirst("probability_".count))
      #expect(rows.contains { $0[0] == second } && rows.contains { $0[0] != second })
      for row in rows {
        let probability = try #require(Double(row[2]))
        // Probabilities are written as 32-bit floats.
        guard abs(probability - threshold) > 1e-6 else { continue }
        #expect((row[0] == second) == (probability > threshold), "\(row)")
      }
      let page = try Program.run(["report", place.file("l"), "--output", place.file("r.html")])
      #expect(page.code == 0, "\(page.errors)")
      #expect(try place.text("r.html").contains("Expected calibration error"))
    }

    @Test func evaluationsMeasureTheImportanceOfColumns() throws {
      let rows = (0..<200).map {
        "\($0 % 17),\(["red", "green", "blue"][$0 % 3]),\($0 % 5),\($0 % 3)"
      }
      let head = [
        "@relation kinds", "@attribute noise numeric", "@attribute colour {red,green,blue}",
        "@attribute more numeric", "@attribute kind {0,1,2}", "@data",
      ]
      let data = try place.write((head + rows).joined(separator: "\n"), "kinds.arff")
      let model = place.file("m")
      let trained = try Program.run([
        "train", "--data", data, "--task", "classification", "--hidden", "8", "--epochs", "30",
        "--optimizer", "adam", "--learning-rate", "0.01", "--model", model, "--quiet",
      ])
      try #require(trained.code == 0, "\(trained.errors)")
      let evaluate = ["evaluate", "--model", model, "--data", data]
      let object = try object(
        evaluate + ["--json", "--importance", "--importance-repeats", "3"])
      let importance = try #require(object["importance"] as? [String: Any])
      #expect(importance["score"] as? String == "accuracy")
      let columns = try #require(importance["columns"] as? [[String: Any]])
      // The three inputs of a nominal column are permuted together.
      #expect(columns.count == 3 && columns.first?["name"] as? String == "colour")
      #expect(try #require(columns.first?["mean"] as? Double) > 0.3)
      #expect((columns.first?["drops"] as? [Double])?.count == 3)
      let text = try Program.run(evaluate + ["--importance"])
      #expect(text.output.contains("over 5 permutations (seed 1)"), "\(text.output)")
      try expectRefusal(
        evaluate + ["--importance-repeats", "3"], "has no effect without --importance")
      try expectRefusal(
        evaluate + ["--importance", "--importance-repeats", "0"], "must be from 1 to 10000")
    }

    @Test func theyNeedAValidationPartAndProbabilities() throws {
      let data = try data()
      let train = ["train", "--data", data, "--epochs", "1"]
      try expectRefusal(train + ["--thresholds", "f1"], "--thresholds f1 needs a validation part")
      try expectRefusal(
        train + ["--calibrate", "temperature"], "--calibrate temperature needs a validation part")
      let share = ["--validation-share", "0.2"]
      try expectRefusal(
        train + share + ["--loss", "mse", "--calibrate", "temperature"],
        "a temperature is for logits")
      try expectRefusal(
        train + share + ["--loss", "mse", "--thresholds", "f1"], "thresholds are for probabilities")
      try expectRefusal(
        ["train", "--data", place.data, "--thresholds", "f1"] + share, "has 5 classes")
      try expectRefusal(
        train + ["--thresholds", "0.2,0.3"], "two classes have one threshold")
    }
  }
}
