import Foundation
import Testing

extension CommandTests {
  /// `lamina cross-validate`
  @Suite struct CrossValidateTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    /// Two classes, which the size separates; each of ten subjects has several rows.
    private func writeTable() throws -> String {
      let rows = (0..<60).map { row in
        "\(row % 2 * 10 + row % 5),\(row % 7 == 0 ? "" : ["a", "b"][row / 30]),s\(row % 10),"
          + ["small", "large"][row % 2]
      }
      return try place.write((["size,hand,subject,kind"] + rows).joined(separator: "\n"), "t.csv")
    }

    private func run(_ more: [String], data: String) throws -> [String: Any] {
      let result = try Program.run(
        [
          "cross-validate", "--data", data, "--hidden", "4", "--epochs", "30", "--batch-size", "6",
          "--learning-rate", "0.1", "--missing", "impute", "--json",
        ] + more)
      #expect(result.code == 0, "\(result.errors)")
      return try #require(
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    private func folds(_ object: [String: Any]) throws -> [[String: Any]] {
      try #require(object["folds"] as? [[String: Any]])
    }

    @Test(arguments: Program.devices) func everyFoldIsTestedOnce(_ device: String) throws {
      let data = try writeTable()
      let object = try run(["--ignored-columns", "subject", "--device", device], data: data)
      let folds = try folds(object)
      #expect(folds.map { $0["test_examples"] as? Int } == [12, 12, 12, 12, 12])
      #expect(folds.allSatisfy { $0["train_examples"] as? Int == 48 })
      let accuracies = folds.compactMap { $0["accuracy"] as? Double }
      #expect(accuracies == [1, 1, 1, 1, 1], "a threshold separates the classes")
      let losses = folds.compactMap { $0["loss"] as? Double }
      let scores = try #require(object["scores"] as? [String: [String: Double]])
      let mean = losses.reduce(0, +) / 5
      let squares = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      // Both sum in the same order, in 64 bits.
      #expect(abs((scores["loss"]?["mean"] ?? 0) - mean) < 1e-12)
      #expect(
        abs((scores["loss"]?["standard_deviation"] ?? 0) - (squares / 4).squareRoot()) < 1e-12)
    }

    @Test func groupsStayTogether() throws {
      let data = try writeTable()
      let folds = try folds(try run(["--group-column", "subject", "--folds", "2"], data: data))
      // Ten subjects of six rows.
      #expect(folds.map { $0["test_examples"] as? Int } == [30, 30])
      try expectRefusal(
        [
          "cross-validate", "--data", data, "--missing", "impute", "--group-column", "subject",
          "--folds",
          "11",
        ],
        "the number of folds is 11; it must be from 2 to 10, the number of groups")
    }

    @Test func divisionsDifferAndRepeat() throws {
      let data = try writeTable()
      let more = [
        "--ignored-columns", "subject", "--folds", "3", "--repeats", "2", "--shuffle-folds",
        "--epochs", "2",
      ]
      let first = try folds(try run(more, data: data))
      let second = try folds(try run(more, data: data))
      #expect(first.map { $0["division"] as? Int } == [1, 1, 1, 2, 2, 2])
      let losses = first.compactMap { $0["loss"] as? Double }
      #expect(losses == second.compactMap { $0["loss"] as? Double } && Set(losses).count == 6)
    }

    /// The first fold trains exactly as a training with that test part.
    @Test func aFoldIsATraining() throws {
      let lines = (0..<40).map { "\($0 % 2 * 3 + $0 % 4),\($0 % 2)\n" }
      let data = try place.write("x,y\n" + lines.joined(), "all.csv")
      // KFold: the first ten rows of forty.
      let train = try place.write("x,y\n" + lines[10...].joined(), "train.csv")
      let test = try place.write("x,y\n" + lines[..<10].joined(), "test.csv")
      let options = [
        "--task", "regression", "--hidden", "3", "--epochs", "4", "--batch-size", "5",
      ]
      let folded = try Program.run(
        ["cross-validate", "--data", data, "--folds", "4", "--no-stratify", "--json"] + options)
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(folded.output.utf8)) as? [String: Any])
      let trained = try Program.run(
        ["train", "--data", train, "--test", test, "--log", place.file("l"), "--quiet"] + options)
      #expect(trained.code == 0, "\(trained.errors)")
      let rmse = try #require(try place.log("l").last?["test_rmse"] as? Double)
      #expect(try folds(object).first?["rmse"] as? Double == rmse)
    }

    @Test func configurationsAndWrongRequests() throws {
      let data = try writeTable()
      let file = try place.write(
        "data: \(data)\nmissing: impute\nfolds: 3\nepochs: 1\nignored-columns: [subject]\n",
        "e.yaml")
      let result = try Program.run(["cross-validate", file, "--quiet"])
      #expect(result.code == 0 && result.output.contains("3 folds"), "\(result.errors)")
      #expect(result.output.contains("accuracy") && result.output.contains("macro F1"))
      let start = ["cross-validate", "--data", data, "--missing", "impute"]
      try expectRefusal(start + ["--test", data], "--test has no effect in a cross-validation")
      try expectRefusal(start + ["--folds", "1"], "the number of folds is 1")
      try expectRefusal(start + ["--repeats", "2"], "add --shuffle-folds")
      try expectRefusal(start + ["--repeats", "0"], "--repeats is 0")
      try expectRefusal(start + ["--group-column", "none"], "there is no column \"none\"")
      try expectRefusal(
        ["cross-validate", "--data", "blobs", "--group-column", "x"], "group-column cannot be used")
      try expectRefusal(["cross-validate"], "--data is missing")
    }
  }
}
