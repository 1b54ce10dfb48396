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
