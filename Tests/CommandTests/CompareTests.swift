import Foundation
import Testing

extension CommandTests {
  @Suite struct CompareTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private func arguments(_ more: [String]) -> [String] {
      [
        "compare", "--devices", "cpu,cpu", "--data", place.data, "--hidden", "8", "--batch-size",
        "20", "--epochs", "3", "--samples", "3", "--sample-seconds", "0.001", "--no-peak",
      ] + more
    }

    @Test func comparesTheSameTraining() throws {
      let result = try Program.run(
        arguments(["--json", "--csv", place.file("c.csv"), "--report", place.file("c.html")]))
      #expect(result.code == 0, "\(result.errors)")
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      let points = try #require(object["points"] as? [[String: Any]])
      let rows = try #require(points[0]["devices"] as? [[String: Any]])
      #expect(points.count == 1 && rows.count == 2)
      // The same seed on the same device gives the same bits.
      #expect(rows[0]["test_loss"] as? Double == rows[1]["test_loss"] as? Double)
      #expect((rows[0]["losses"] as? [Double])?.count == 3)
      #expect(rows[1]["accuracy_difference_is_real"] as? Bool == false)
      #expect(try place.text("c.csv").split(separator: "\r\n").count == 3)
      #expect(try place.text("c.html").hasPrefix("<!DOCTYPE html>"))
    }

    /// Training options have the same effect in a comparison, which runs the same session.
    @Test(arguments: [
      ["--loss", "mse"], ["--loss", "softmax_cross_entropy(smoothing=0.2)"],
      ["--initialization", "he_normal"], ["--class-weights", "1,1,3,1,1"],
      ["--schedule", "step(every=1, factor=0.5)"], ["--accumulation", "4"],
      ["--optimizer", "adam", "--l2", "0.01"], ["--steps", "20"],
    ])
    func trainsAsTrainDoes(_ options: [String]) throws {
      let result = try Program.run(arguments(options + ["--json"]))
      #expect(result.code == 0, "\(result.errors)")
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      let points = try #require(object["points"] as? [[String: Any]])
      let row = try #require((points[0]["devices"] as? [[String: Any]])?.first)
      let trained = try Program.run(
        [
          "train", "--data", place.data, "--hidden", "8", "--batch-size", "20", "--epochs", "3",
          "--quiet", "--log", place.file("log"),
        ] + options)
      #expect(trained.code == 0, "\(trained.errors)")
      let log = try place.log("log")
      let epochs = log.filter { $0["event"] as? String == "epoch" }
      // The same device and seed give the same bits.
      #expect(row["losses"] as? [Double] == epochs.compactMap { $0["train_loss"] as? Double })
      let end = try #require(log.last)
      #expect(row["test_loss"] as? Double == end["test_loss"] as? Double)
      #expect(row["test_accuracy"] as? Double == end["test_accuracy"] as? Double)
    }

    @Test func sweepsShowTheCrossover() throws {
      let result = try Program.run(
        arguments(["--sweep", "batch-size=10,30", "--sweep", "width=4,8"]))
      #expect(result.code == 0, "\(result.errors)")
      let heads = result.lines.filter { $0.contains("cpu samples/s") }
      #expect(heads.count == 2 && heads[0].contains("batch-size") && heads[1].contains("width"))
    }

    @Test func refusesWhatCannotBeCompared() throws {
      try expectRefusal(["compare", "--devices", "cpu"], "two or more")
      try expectRefusal(["compare", "--devices", "cpu,abacus"], "abacus")
      try expectRefusal(arguments(["--sweep", "depth=1,2"]), "batch-size=16,64,256")
      try expectRefusal(arguments(["--sweep", "width=8"]), "two or more sizes")
      try expectRefusal(arguments(["--sweep", "batch-size=10,301"]), "300 examples")
      try expectRefusal(arguments(["--csv", "/nowhere/c.csv"]), "/nowhere/c.csv")
      try expectRefusal(
        arguments(["--csv", place.file("x"), "--report", place.file("x")]),
        "--csv and --report both write")
    }
  }
}
