import Foundation
import Testing

extension CommandTests {
  /// Tables of texts, dates and gaps, from `inspect` to `predict`.
  @Suite struct InspectTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    /// The class follows from the colour and from whether there is a size.
    private func writeTable(_ name: String) throws -> String {
      let rows = (0..<120).map { row -> String in
        let colour = ["red", "green", "blue"][row % 3]
        let size = row % 5 == 0 ? "" : "\(row % 7)"
        let isSpecial = row % 3 == 0 || row % 5 == 0
        return "\(colour),\(size),\(row % 2 == 0 ? "yes" : "no"),2026-01-\(10 + row % 20),"
          + (isSpecial ? "special" : "usual")
      }
      return try place.write(
        (["colour,size,new,day,kind"] + rows).joined(separator: "\n") + "\n", name)
    }

    private func object(_ text: String) throws -> [String: Any] {
      try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
    }

    @Test func dataAreShown() throws {
      let data = try writeTable("t.csv")
      let shown = try Program.run(["inspect", "--data", data, "--missing", "flag"])
      #expect(shown.code == 0, "\(shown.errors)")
      for words in [
        "96 to train, 24 to test", "4 columns, which become 11 inputs, for classification",
        "3: blue, green, red", "1 input that tells so", "% true", "2026-01-10 to 2026-01-29",
      ] { #expect(shown.output.contains(words), "\(shown.output)") }
      let object = try object(
        try Program.run(["inspect", "--data", data, "--missing", "flag", "--json"]).output)
      let columns = try #require(object["columns"] as? [[String: Any]])
      #expect(
        columns.map { $0["kind"] as? String } == ["category", "number", "boolean", "date"])
      #expect(columns[0]["values"] as? [String] == ["blue", "green", "red"])
      #expect((columns[0]["counts"] as? [Int])?.reduce(0, +) == 96)
      #expect((columns[1]["missing"] as? Int ?? 0) > 0 && object["inputs"] as? Int == 11)
    }

    @Test(arguments: Program.devices) func aTableOfAllKindsIsLearned(_ device: String) throws {
      let data = try writeTable("t.csv")
      let model = place.file("m")
      let trained = try Program.run([
        "train", "--data", data, "--missing", "flag", "--hidden", "16", "--batch-size", "8",
        "--epochs", "60", "--optimizer", "adam", "--learning-rate", "0.02", "--model", model,
        "--device", device,
      ])
      #expect(trained.code == 0, "\(trained.errors)")
      #expect(trained.output.contains("3: blue, green, red"), "the table is printed")
      let evaluated = try Program.run([
        "evaluate", "--model", model, "--data", data, "--device", device,
      ])
      #expect(evaluated.output.contains("(24 of 24)"), "\(evaluated.output)")
      let new = try place.write(
        "day,new,size,colour\n2026-01-12,no,,blue\n2026-01-13,no,3,pink\n", "n")
      let predicted = try Program.run([
        "predict", "--model", model, "--data", new, "--output", place.file("p.csv"), "--device",
        device,
      ])
      #expect(predicted.code == 0, "\(predicted.errors)")
      #expect(predicted.output.contains("such as \"pink\" in line 3: their inputs are 0"))
      let predictions = try place.text("p.csv").split(separator: "\n")
      #expect(predictions.count == 3 && predictions[1] == "special")
    }

    /// Other commands that read training data take the same options.
    @Test func otherCommandsReadTheSameTable() throws {
      let data = try writeTable("t.csv")
      let machine = place.file("s")
      let trained = try Program.run([
        "svm", "--data", data, "--missing", "impute", "--dates", "linear", "--model", machine,
      ])
      #expect(trained.code == 0 && trained.output.contains("accuracy"), "\(trained.errors)")
      let loaded = try Program.run(["svm", "--data", data, "--load", machine])
      #expect(loaded.code == 0, "\(loaded.errors)")
      try expectRefusal(
        ["svm", "--data", data, "--load", machine, "--missing", "flag"],
        "--load determines how its data are read")
      try expectRefusal(
        ["svm", "--data", data, "--missing", "impute", "--embedding-above", "2"],
        "an embedding is a layer")
      try expectRefusal(
        ["svm", "--data", data, "--missing", "impute", "--validation-share", "0.1"],
        "a validation part has no effect")
      guard Program.devices.count > 1 else { return }
      let compared = try Program.run([
        "compare", "--data", data, "--missing", "impute", "--hidden", "4", "--epochs", "1",
        "--devices", "cpu,opencl", "--samples", "2", "--sample-seconds", "0.01", "--no-peak",
      ])
      #expect(compared.code == 0, "\(compared.errors)")
    }

    @Test func modelsAreShown() throws {
      let data = try writeTable("t.csv")
      let model = place.file("m")
      _ = try Program.run([
        "train", "--data", data, "--missing", "impute", "--hidden", "4", "--epochs", "1",
        "--model", model, "--quiet",
      ])
      let shown = try Program.run(["inspect", "--model", model])
      #expect(shown.code == 0, "\(shown.errors)")
      for words in ["10-4-2 (relu)", "3: blue, green, red", "layers.0.weight  4 x 10", "special"] {
        #expect(shown.output.contains(words), "\(shown.output)")
      }
      let json = try object(try Program.run(["inspect", "--model", model, "--json"]).output)
      #expect(json["outputs"] as? [String] == ["special", "usual"])
      #expect((json["tensors"] as? [[String: Any]])?.count == 4)
      try expectRefusal(
        ["train", "--data", data, "--missing", "flag", "--initial-model", model],
        "--missing has no effect with --initial-model")
    }

    @Test func wrongRequestsAreRefused() throws {
      let data = try writeTable("t.csv")
      try expectRefusal(["inspect"], "give either --data or --model")
      try expectRefusal(["inspect", "--data", data, "--model", data], "give either")
      try expectRefusal(["inspect", "--data", data], "(size) has no value; --missing impute")
      try expectRefusal(
        ["inspect", "--model", place.file("m"), "--missing", "flag"], "omit the options for data")
      try expectRefusal(["inspect", "--data", place.data, "--dates", "linear"], "dates")
    }
  }
}
