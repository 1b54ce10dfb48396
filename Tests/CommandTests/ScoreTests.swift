import Foundation
import Testing

extension CommandTests {
  /// Undefined scores are `n/a` on the screen and null in logs, and never a number.
  @Suite struct ScoreTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private func write(_ text: String, _ name: String) throws -> String {
      try text.write(toFile: place.file(name), atomically: true, encoding: .utf8)
      return place.file(name)
    }

    /// A table of two inputs, and a target that depends on the row.
    private func table(
      _ name: String, head: String, rows: Int, _ targets: (Int) -> String
    ) throws -> String {
      let lines = (0..<rows).map {
        "\(Double($0 % 5) + 0.5),\(Double($0 % 3) - 0.25),\(targets($0))"
      }
      return try write((["a,b,\(head)"] + lines).joined(separator: "\n") + "\n", name)
    }

    private func run(_ arguments: [String], log: String? = nil) throws -> (String, [String: Any]) {
      let common = ["--hidden", "4", "--epochs", "2", "--batch-size", "10"]
      let result = try Program.run(
        ["train"] + arguments + common + (log.map { ["--log", place.file($0)] } ?? []))
      #expect(result.code == 0, "\(result.errors)")
      expectNoNaN(result.output)
      if let log { expectNoNaN(try place.text(log)) }
      return (result.output, try log.map { try #require(try place.log($0).last) } ?? [:])
    }

    /// The text contains no NaN or infinity.
    private func expectNoNaN(_ text: String, at location: SourceLocation = #_sourceLocation) {
      let words = text.lowercased().split { !$0.isLetter }
      #expect(!words.contains("nan") && !words.contains("inf"), "\(text)", sourceLocation: location)
    }

    @Test func aClassThatATestLacksHasNoRecall() throws {
      let train = try table("t.csv", head: "kind", rows: 60) { $0 % 2 == 0 ? "neg" : "pos" }
      let test = try table("u.csv", head: "kind", rows: 10) { _ in "pos" }
      let (output, result) = try run(
        ["--data", train, "--test", test, "--model", place.file("m")], log: "l")
      let matrix = try #require(result["confusion_matrix"] as? [[Int]])
      let recall = try #require(result["class_recall"] as? [Any])
      #expect(recall[0] is NSNull && recall[1] as? Double == Double(matrix[1][1]) / 10)
      let precision = try #require(result["class_precision"] as? [Any])
      for label in 0..<2 where matrix[0][label] + matrix[1][label] == 0 {
        #expect(precision[label] is NSNull)
      }
      #expect(output.contains("n/a"))
      // The area needs both classes.
      let evaluated = try Program.run([
        "evaluate", "--model", place.file("m"), "--data", train, "--test", test,
      ])
      #expect(evaluated.code == 0 && !evaluated.output.contains("ROC"), "\(evaluated.output)")
      expectNoNaN(evaluated.output)
    }

    /// Class 1 is declared but never occurs. Averages and weights are those of the other classes.
    @Test func averagesAndWeightsAreOfClassesThatOccur() throws {
      let rows = (0..<60).map { "\($0 % 7).5,\($0 % 4 == 0 ? "c0" : "c2")\n" }.joined()
      let data = try write(
        "@relation r\n@attribute x numeric\n@attribute y {c0,c1,c2}\n@data\n\(rows)", "t.arff")
      let train = ["--data", data, "--test", data, "--learning-rate", "0.1"]
      let (_, balanced) = try run(train + ["--class-weights", "balanced"], log: "a")
      // scikit-learn: 60 / (2 * 15) and 60 / (2 * 45).
      let (_, explicit) = try run(train + ["--class-weights", "2,7,0.6666667"], log: "b")
      for name in ["train_loss", "test_loss"] {
        let (a, b) = (balanced[name] as? Double ?? 0, explicit[name] as? Double ?? 1)
        // Weights are rounded to seven digits.
        #expect(abs(a - b) < 1e-5 * b, "\(name): \(a), \(b)")
      }
      let matrix = try #require(balanced["confusion_matrix"] as? [[Int]])
      #expect(matrix[1] == [0, 0, 0] && matrix[0][1] == 0 && matrix[2][1] == 0)
      let recalls = [0, 2].map { Double(matrix[$0][$0]) / Double(matrix[$0].reduce(0, +)) }
      #expect(
        abs((balanced["macro_recall"] as? Double ?? 0) - (recalls[0] + recalls[1]) / 2) < 1e-12)
    }

    @Test func rSquaredOfOneRowIsNull() throws {
      let train = try table("t.csv", head: "y", rows: 40) { "\(Double($0) / 7)" }
      let test = try table("u.csv", head: "y", rows: 1) { _ in "1.25" }
      let (output, result) = try run(
        ["--data", train, "--test", test, "--tensorboard", place.file("e")], log: "l")
      #expect(output.contains("R²                n/a") && output.contains("test R² n/a"))
      #expect(result["test_r_squared"] is NSNull && result["test_rmse"] is Double)
      let events = try #require(
        try FileManager.default.contentsOfDirectory(atPath: place.file("e")).first)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: place.file("e/\(events)")))
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.contains("rmse/test") && !text.contains("r_squared"))
      let page = try Program.run(["report", place.file("l"), "-o", place.file("p.html")])
      #expect(page.code == 0 && page.errors.isEmpty, "\(page.errors)")
      #expect(try !place.text("p.html").contains(">nan"))
    }

    @Test func labelsThatNothingHasAreNull() throws {
      let train = try table("t.csv", head: "l1,l2", rows: 60) { "\($0 % 2),\($0 % 3 == 0 ? 1 : 0)" }
      let test = try table("u.csv", head: "l1,l2", rows: 10) { _ in "0,0" }
      // Nothing is as probable as that.
      let (output, result) = try run(
        [
          "--data", train, "--test", test, "--target-columns", "l1,l2", "--thresholds", "0.999",
        ], log: "l")
      for name in ["micro F1", "macro F1", "macro ROC AUC"] {
        #expect(output.contains(name.padding(toLength: 18, withPad: " ", startingAt: 0) + "n/a"))
      }
      #expect(result["test_micro_f1"] is NSNull && result["test_macro_f1"] is NSNull)
      #expect(result["test_hamming_loss"] as? Double == 0)
    }

    @Test func aLossThatIsNotFiniteIsToldInWords() throws {
      let data = try table("t.csv", head: "y", rows: 40) { "\(Double($0) / 7)" }
      let arguments = [
        "--data", data, "--hidden", "4", "--batch-size", "1", "--learning-rate", "1e20",
      ]
      let result = try Program.run(
        ["train", "--log", place.file("l"), "--tensorboard", place.file("e")] + arguments)
      #expect(result.code == 1, "\(result.output)")
      #expect(
        result.errors.contains("the loss of epoch 1 is not a number")
          || result.errors.contains("the loss of epoch 1 is infinite"), "\(result.errors)")
      expectNoNaN(result.output)
      expectNoNaN(try place.text("l"))
      let last = try #require(try place.log("l").last)
      #expect(last["train_loss"] is NSNull && last["diverged"] as? Bool == true)
    }

    @Test func aComparisonOfWhatDivergesIsRefusedInWords() throws {
      try expectRefusal(
        [
          "compare", "--data", place.data, "--devices", "cpu,cpu", "--samples", "2", "--no-peak",
          "--sample-seconds", "0.001", "--epochs", "1", "--hidden", "4", "--learning-rate", "1e30",
          "--csv", place.file("c.csv"),
        ], code: 1, "is not a finite number")
      #expect(try place.names == ["data"])
    }

    @Test(arguments: [
      ("nan", "'nan' is not a number"), ("0", "a threshold is 0.0"), ("1", "a threshold is 1.0"),
      ("1.5", "a threshold is 1.5"), ("-0.1", "a threshold is -0.1"), ("inf", "is not a number"),
      ("0.5,0.5,0.5", "--thresholds has 3 numbers, and"),
    ])
    func refusesThresholds(_ thresholds: String, _ problem: String) throws {
      let data = try table("t.csv", head: "l1,l2", rows: 60) { "\($0 % 2),\($0 % 3 == 0 ? 1 : 0)" }
      let arguments = ["--data", data, "--thresholds", thresholds]
      try expectRefusal(["train", "--target-columns", "l1,l2"] + arguments, problem)
      let model = [
        "train", "--data", data, "--target-columns", "l1,l2", "--epochs", "1", "--quiet",
        "--model", place.file("m"),
      ]
      #expect(try Program.run(model).code == 0)
      try expectRefusal(["evaluate", "--model", place.file("m")] + arguments, problem)
    }
  }
}
