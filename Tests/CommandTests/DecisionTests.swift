import Foundation
import Testing

extension CommandTests {
  /// What is decided about data is printed in the run, and stands in the log and the model.
  @Suite struct DecisionTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private func write(_ lines: [String], _ name: String) throws -> String {
      try Data(lines.joined(separator: "\n").utf8)
        .write(to: URL(fileURLWithPath: place.file(name)))
      return place.file(name)
    }

    private static let rows = (0..<60).map { "\(1_700_000_000 + 60 * $0),\($0 % 2),\($0 * $0)" }
    private static let found =
      "target 'price': 60 different whole numbers in 60 rows -> regression"
    private static let line = "\(found); --task classification overrides this\n"

    @Test func trainingsTellThemEverywhere() throws {
      let data = try write(["time,side,price"] + Self.rows, "houses.csv")
      let common = ["train", "--data", data, "--hidden", "4", "--epochs", "1"]
      let outputs = ["--model", place.file("m"), "--log", place.file("l")]
      let run = try Program.run(common + outputs)
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.output.contains("\n\(Self.line)"), "\(run.output)")
      let start = try #require(try place.log("l").first?["data"] as? [String: Any])
      let decisions = try #require(start["decisions"] as? [[String: Any]])
      #expect(decisions.contains { $0["subject"] as? String == "task" })
      #expect(decisions.contains { $0["text"] as? String == Self.found })
      let model = try Data(contentsOf: URL(fileURLWithPath: place.file("m")))
      for text in [Self.found, "\\\"name\\\":\\\"time\\\"", "\\\"centers\\\":[17000"] {
        #expect(model.range(of: Data(text.utf8)) != nil, "\(text)")
      }
      // What is told is not decided, and quiet is quiet.
      let told = try Program.run(common + ["--task", "regression"])
      #expect(told.code == 0 && !told.output.contains("price"), "\(told.output)")
      #expect(try Program.run(common + ["--quiet"]).output.isEmpty)
    }

    @Test func evaluationsTellWhichExamplesTheyMeasure() throws {
      let data = try write(["time,side,price"] + Self.rows, "houses.csv")
      let model = place.file("m")
      let trained = try Program.run([
        "train", "--data", data, "--hidden", "4", "--epochs", "1", "--model", model, "--quiet",
      ])
      #expect(trained.code == 0, "\(trained.errors)")
      // Other columns before and between, in another order.
      let rows = Self.rows.prefix(7).map { row in
        let cells = row.split(separator: ",")
        return "\(cells[2]),x,\(cells[1]),\(cells[0])"
      }
      let new = try write(["price,note,side,time"] + rows, "new.csv")
      let run = try Program.run(["evaluate", "--model", model, "--data", new])
      #expect(run.code == 0, "\(run.errors)")
      let told = "new.csv is not the training set: all 7 examples are measured"
      #expect(run.output.contains(told), "\(run.output)")
      #expect(run.output.contains("note"), "\(run.output)")
      let same = try Program.run(["evaluate", "--model", model, "--data", data])
      #expect(same.output.contains("on the 12 test examples"), "\(same.output)")
    }

    /// New data need not be written as those of the training.
    @Test func newDataMayBeWrittenOtherwise() throws {
      let rows = (0..<20).map { "\($0),\($0 / 2).5;\($0 % 2 == 0 ? "caf\u{e9}" : "bar")" }
      let old = place.file("old.csv")
      try Data(
        (["a;ort"] + rows.map { String($0.drop { $0 != "," }.dropFirst()) })
          .joined(separator: "\n").unicodeScalars.map { UInt8($0.value) }
      ).write(to: URL(fileURLWithPath: old))
      for command in ["train", "svm"] {
        let model = place.file("\(command).m")
        let trained = try Program.run(
          [command, "--data", old, "--encoding", "latin1", "--model", model, "--quiet"]
            + (command == "train" ? ["--epochs", "1", "--hidden", "4"] : []))
        #expect(trained.code == 0, "\(trained.errors)")
        let new = try write(["ort,a", "caf\u{e9},1.5", "bar,2.5"], "new.csv")
        let use =
          command == "train" ? ["evaluate", "--model", model] : ["svm", "--load", model]
        let evaluated = try Program.run(use + ["--data", new, "--encoding", "utf-8"])
        #expect(evaluated.code == 0, "\(evaluated.errors)")
        #expect(evaluated.output.contains("caf\u{e9}"), "\(evaluated.output)")
        try expectRefusal(
          use + ["--data", "digits", "--encoding", "utf-8"], "digits is no text, so options")
      }
    }

    @Test func comparisonsAndSupportVectorsTellThemToo() throws {
      let rows = (0..<60).map { "\($0),\($0 % 7),\($0 < 30 ? 0 : 1)" }
      let data = try write(["a,b,kind"] + rows, "t.csv")
      let line = "target 'kind': 2 different whole numbers in 60 rows -> classification"
      let svm = try Program.run(["svm", "--data", data, "--model", place.file("m")])
      #expect(svm.code == 0 && svm.output.contains(line), "\(svm.errors)")
      let loaded = try Program.run(["svm", "--data", data, "--load", place.file("m")])
      #expect(loaded.output.contains("on the 12 test examples"), "\(loaded.output)")
      let compared = try Program.run([
        "compare", "--data", data, "--devices", "cpu,cpu", "--epochs", "1", "--samples", "2",
        "--sample-seconds", "0.01", "--no-peak", "--json",
      ])
      #expect(compared.code == 0, "\(compared.errors)")
      #expect(compared.errors.contains("lamina: note: \(line)"), "\(compared.errors)")
    }
  }
}
