import Foundation
import Lamina
import LaminaData
import Testing

/// Runs the program, and expects that it succeeds.
private func run(_ arguments: [String]) throws -> Program.Result {
  let result = try Program.run(arguments)
  #expect(result.code == 0, "\(arguments): \(result.errors)")
  return result
}

extension CommandTests {
  /// Predictions for rows whose targets nobody knows.
  @Suite struct PredictTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    /// Runs a line of the shell, in which `$LAMINA` is the program.
    private func shell(_ line: String) throws -> Program.Result {
      try Program(
        ["-c", "cd '\(place.path)'; \(line)"], environment: ["LAMINA": Program.path],
        path: "/bin/sh"
      ).finish()
    }

    private struct Row {
      let a, b: Double
      let id: String
    }

    private static let rows: [Row] = (0..<60).map { row in
      let noise = Double(row * 7 % 13) / 13
      return Row(a: Double(row % 6) + noise, b: Double(row * 11 % 17), id: "r\(row)")
    }
    private static func kind(_ row: Int) -> String { row % 6 < 3 ? "no" : "yes" }

    /// A model of two inputs and a class, and a table of rows without the class.
    private func classifier() throws -> (model: String, data: String) {
      let known =
        "id,a,b,kind\n"
        + Self.rows.enumerated().map { row, cells in
          "\(cells.id),\(cells.a),\(cells.b),\(Self.kind(row))\n"
        }.joined()
      _ = try run([
        "train", "--data", try place.write(known, "known.csv"), "--ignored-columns", "id",
        "--hidden",
        "8",
        "--epochs", "20", "--learning-rate", "0.1", "--model", place.file("m"), "--quiet",
      ])
      let new = "id,b,a\n" + Self.rows.map { "\($0.id),\($0.b),\($0.a)\n" }.joined()
      return (place.file("m"), try place.write(new, "new.csv"))
    }

    /// One example looks like a vector with one number for each of several.
    @Test(arguments: Program.devices) func aTableOfOneRowIsEvaluated(_ device: String) throws {
      let (model, _) = try classifier()
      let row = Self.rows[0]
      let data = try place.write(
        "id,a,b,kind\n\(row.id),\(row.a),\(row.b),\(Self.kind(0))\n", "one.csv")
      let result = try Program.run([
        "evaluate", "--model", model, "--data", data, "--test", data, "--device", device,
      ])
      #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
      #expect(result.output.contains("of 1)"), "\(result.output)")
    }

    @Test(arguments: Program.devices) func everyRowIsPredictedAsByItself(_ device: String) throws {
      let (model, data) = try classifier()
      let start = ["predict", "--model", model, "--data", data, "--device", device]
      let all = try Program.run(
        start + [
          "--probabilities", "--keep", "id", "--batch-size", "7", "--output", place.file("p.csv"),
        ])
      #expect(all.code == 0, "\(all.errors)")
      #expect(all.output.contains("60 examples of"), "\(all.output)")
      #expect(all.output.contains("another order than in the training data"))
      let lines = try place.text("p.csv").split(separator: "\n")
      #expect(lines[0] == "id,prediction,probability_no,probability_yes" && lines.count == 61)
      for row in [0, 1, 30, 59] {
        let cells = lines[row + 1].split(separator: ",")
        let one = try run(start + ["--index", "\(row)"])
        #expect(cells[0] == "r\(row)" && one.output.contains("predicted  \(cells[1])\n"))
        let shown = one.lines.last { $0.hasPrefix("yes  ") }?.split(separator: " ")[1]
        let share = try #require(shown.flatMap { Double($0) })
        // `--index` prints four decimals.
        #expect(abs(share - (Double(cells[3]) ?? -1)) < 6e-5, "row \(row)")
      }
      let right = (0..<60).count { lines[$0 + 1].split(separator: ",")[1] == Self.kind($0) }
      #expect(right > 50, "\(right) of 60")
    }

    @Test func formatsAndStreamsHaveTheSamePredictions() throws {
      let (model, data) = try classifier()
      let plain = try run(["predict", "--model", model, "--data", data])
      #expect(plain.lines.first == "prediction" && plain.lines.count == 61)
      #expect(plain.errors.hasPrefix("lamina: note: columns are in another order"))
      _ = try run([
        "predict", "--model", model, "--data", data, "--output", place.file("p.jsonl"), "--keep",
        "id", "--keep", "a,b", "--quiet",
      ])
      let objects = try place.log("p.jsonl")
      #expect(
        objects.compactMap { $0["prediction"] as? String }
          == plain.lines.dropFirst().map(String.init))
      #expect(
        objects[3]["id"] as? String == "r3" && objects[3]["a"] as? String == "\(Self.rows[3].a)")
      _ = try run([
        "predict", "--model", model, "--data", data, "--output", place.file("p.npy"), "--quiet",
      ])
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: place.file("p.npy"))).count == 128 + 60 * 12)
      for line in [
        "$LAMINA predict --model m --data - < new.csv",
        "gzip -c new.csv | $LAMINA predict --model m --data - --output - --format csv",
        "sed 's/$/\\r/' new.csv | $LAMINA predict --model m --data -",
        "printf '\\357\\273\\277' | cat - new.csv | $LAMINA predict --model m --data -",
        "gzip new.csv; $LAMINA predict --model m --data new.csv.gz",
      ] {
        let result = try shell(line)
        #expect(result.code == 0 && result.output == plain.output, "\(line): \(result.errors)")
      }
    }

    @Test func targetsMayBeThereOrUnknown() throws {
      let (model, data) = try classifier()
      let plain = try run(["predict", "--model", model, "--data", data]).output
      for (name, target) in [("empty", ""), ("question", "?"), ("wrong", "maybe")] {
        let text = "kind,a,b\n" + Self.rows.map { "\(target),\($0.a),\($0.b)\n" }.joined()
        let file = try place.write(text, "\(name).csv")
        let result = try run(["predict", "--model", model, "--data", file])
        #expect(result.output == plain)
        #expect(result.errors.contains("the target column kind is there and is ignored"))
      }
      let shown = try run([
        "predict", "--model", model, "--data", place.file("question.csv"), "--index", "59",
      ])
      #expect(shown.output.contains("there are no targets") && !shown.output.contains("true  "))
      try expectRefusal(
        ["predict", "--model", model, "--data", place.file("question.csv"), "--index", "60"],
        "there is no example 60: ")
    }

    @Test func refusesWhatDoesNotFit() throws {
      let (model, data) = try classifier()
      let start = ["predict", "--model", model, "--data", data]
      let lacking = try place.write("id,b\n1,2\n", "lacking.csv")
      try expectRefusal(
        ["predict", "--model", model, "--data", lacking], "the input column \"a\" is missing")
      let bad = try place.write("a,b\n1,2\n3,x\n", "bad.csv")
      try expectRefusal(
        ["predict", "--model", model, "--data", bad, "--output", place.file("o.csv")],
        "bad.csv: line 3, column 2 (b) is \"x\", but a finite 32-bit number is needed")
      try expectRefusal(start + ["--keep", "name"], "there is no column \"name\"; there are 3")
      try expectRefusal(start + ["--output", data], "which is an input (--data)")
      try expectRefusal(start + ["--output", model + ".csv/x.csv"], "cannot find the folder")
      try expectRefusal(
        start + ["--output", place.file("o.txt")], "end it in .csv, .jsonl or .npy")
      try expectRefusal(start + ["--format", "npy"], "write it to a file, or choose csv or jsonl")
      try expectRefusal(
        start + ["--output", place.file("o.npy"), "--keep", "id"], "without kept columns")
      try expectRefusal(start + ["--index", "0", "--keep", "id"], "--keep is for all examples")
      try expectRefusal(start + ["--test", data], "--test goes with --index")
      try expectRefusal(start + ["--batch-size", "0"], "it must be from 1 to")
      #expect(try place.names == ["bad.csv", "data", "known.csv", "lacking.csv", "m", "new.csv"])
    }

    @Test func aHeaderAloneGivesAHeader() throws {
      let (model, _) = try classifier()
      let empty = try place.write("a,b\n", "empty.csv")
      let result = try run(["predict", "--model", model, "--data", empty])
      #expect(result.output == "prediction\n")
      #expect(result.errors.contains("has no example; the output has none either"))
      try expectRefusal(
        ["predict", "--model", model, "--data", try place.write("", "nothing.csv")], "an empty file"
      )
    }

    /// The output is the old file, or the whole new one.
    @Test func aFailureLeavesTheOldOutput() throws {
      _ = try classifier()
      _ = try place.write("old", "o.csv")
      // More than is read at once, then nothing for a while.
      let rows = "(cat new.csv; yes r1,2,3 | head -c 6000000; sleep 60; echo r1,2,3)"
      let program = try Program(
        [
          "-c",
          "cd '\(place.path)'; \(rows) | exec '\(Program.path)' predict --model m --data - --output o.csv",
        ], path: "/bin/sh")
      try program.wait(until: "the new file was begun") {
        try place.names.contains { $0.hasPrefix(".lamina-") }
      }
      // The shell ends with the pipe's last command.
      let lamina = program.descendants.first { Self.name(of: $0) == "lamina" }
      kill(try #require(lamina), SIGINT)
      let deadline = Date().addingTimeInterval(20)
      while try place.names.contains(where: { $0.hasPrefix(".lamina-") }), Date() < deadline {
        usleep(20000)
      }
      #expect(try !place.names.contains { $0.hasPrefix(".lamina-") })
      #expect(try place.text("o.csv") == "old")
      for child in program.descendants { kill(child, SIGKILL) }
      let result = try program.finish()
      #expect(
        result.errors.contains("the prediction was interrupted by SIGINT"), "\(result.errors)")
    }

    private static func name(of process: pid_t) -> String {
      let text = try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)
      return (text ?? "").trimmingCharacters(in: .newlines)
    }

    @Test(.enabled(if: Terminal.isAvailable)) func showsItsProgressOnATerminal() throws {
      let (model, data) = try classifier()
      let result = try Program(
        [
          "-qec",
          "'\(Program.path)' predict --model '\(model)' --data '\(data)' "
            + "--output '\(place.file("p.csv"))'",
          "/dev/null",
        ], path: Terminal.path
      ).finish()
      #expect(result.output.contains("100%  60 examples  "), "\(result.output)")
      #expect(result.output.contains("\r\u{1b}[Kprecision fp32: "), "the line gives way")
    }

    @Test func brokenPipesAndFullDisksEndWithASentence() throws {
      _ = try classifier()
      let full = try shell("$LAMINA predict --model m --data new.csv > /dev/full")
      #expect(full.code == 1)
      #expect(
        full.errors.hasSuffix("lamina: cannot write the standard output: No space left on device\n")
      )
      let pipe = try shell(
        "($LAMINA predict --model m --data new.csv --quiet; echo $? > code) | sleep 0; cat code")
      // Whether the reader is gone before the first line is written is a race.
      #expect(["0\n", "1\n"].contains(pipe.output), "\(pipe.errors)")
      #expect(pipe.errors.isEmpty || pipe.errors.contains("cannot write the standard output"))
    }
  }
}

extension CommandTests {
  /// Predictions of each task, compared with what the data or the network say.
  @Suite struct PredictedTaskTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private func model(
      _ task: DataTask, _ loss: Loss, weights: [Float], biases: [Float], names: [String],
      inputScaling: InputScaling = .identity, targetScaling: TargetScaling? = nil,
      thresholds: [Double] = [0.5]
    ) throws -> String {
      let description = NetworkDescription(
        inputs: 2, layers: [.dense(outputs: biases.count, activation: .identity)], loss: loss,
        inputScaling: inputScaling, targetScaling: targetScaling)
      let targets = task == .classification ? ["kind"] : task == .autoEncoding ? [] : names
      let model = Model(
        description: description, parameters: NetworkParameters(tensors: [weights, biases]),
        classNames: names, task: task, dataOptions: DataOptions(task: task),
        schema: DataSchema(
          columns: [.init(name: "a"), .init(name: "b")], isNamed: true, targets: targets,
          task: task,
          outputs: names, digest: ""), thresholds: thresholds)
      try model.write(to: place.file("m"))
      return place.file("m")
    }

    /// y1 = 100 + 10 · (a + 2 b), y2 = -1 + (b - 1), computed by hand.
    @Test func severalNumbersInTheirUnits() throws {
      let model = try model(
        .regression, .quadratic, weights: [1, 2, 0, 1], biases: [0, -1], names: ["y1", "y2"],
        targetScaling: TargetScaling(means: [100, -1], deviations: [10, 1]))
      let data = try place.write("b,name,a\n1,x,0\n2,\"y, z\",0.5\n", "d.csv")
      let csv = try run(["predict", "--model", model, "--data", data, "--keep", "name", "--quiet"])
      #expect(
        csv.output == "name,prediction_y1,prediction_y2\nx,120.0,-1.0\n\"y, z\",145.0,0.0\n")
      let json = try run([
        "predict", "--model", model, "--data", data, "--format", "jsonl", "--quiet",
      ])
      #expect(
        json.output
          == "{\"prediction\":{\"y1\":120.0,\"y2\":-1.0}}\n{\"prediction\":{\"y1\":145.0,\"y2\":0.0}}\n"
      )
      try expectRefusal(
        ["predict", "--model", model, "--data", data, "--probabilities"],
        "the model has no probabilities: it predicts numbers")
    }

    /// The logits are a and b; a label applies where its probability is above its threshold.
    @Test func labelsByTheThresholdsOfTheModel() throws {
      let model = try model(
        .multiLabel, .logisticCrossEntropy, weights: [1, 0, 0, 1], biases: [0, 0],
        names: ["x", "y"], thresholds: [0.3, 0.7])
      let data = try place.write("a,b\n-0.5,0.5\n-1,1\n", "d.csv")
      let result = try run([
        "predict", "--model", model, "--data", data, "--probabilities", "--quiet",
      ])
      // 1 / (1 + e^0.5) = 0.3775, 1 / (1 + e) = 0.2689.
      #expect(result.lines[0] == "prediction_x,prediction_y,probability_x,probability_y")
      #expect(result.lines[1].hasPrefix("1,0,0.37754") && result.lines[2].hasPrefix("0,1,0.26894"))
    }

    /// A network that gives its scaled inputs back.
    @Test func autoEncodersGiveInputsBackInTheirUnits() throws {
      let model = try model(
        .autoEncoding, .quadratic, weights: [1, 0, 0, 1], biases: [0, 0], names: [],
        inputScaling: .perFeature(centers: [10, 0], scales: [0.5, 4], offsets: [0, 1]))
      let data = try place.write("a,b\n12,0.5\n", "d.csv")
      let result = try run(["predict", "--model", model, "--data", data, "--quiet"])
      #expect(result.output == "prediction_a,prediction_b\n12.0,0.5\n")
    }

    @Test func everythingThatEvaluatePrintsIsJSON() throws {
      func object(_ model: String, _ data: String) throws -> [String: Any] {
        let result = try run(["evaluate", "--model", model, "--data", data, "--json"])
        #expect(result.lines.count == 1)
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require(object as? [String: Any])
      }
      let numbers = try object(
        try model(
          .regression, .quadratic, weights: [1, 0, 0, 1], biases: [0, 0], names: ["y1", "y2"]),
        try place.write("a,b,y1,y2\n0,0,1,0\n2,5,2,5\n", "n.csv"))
      // The errors are -1, 0 and 0, 0.
      #expect(numbers["task"] as? String == "regression" && numbers["examples"] as? Int == 2)
      #expect(numbers["output_mae"] as? [Double] == [0.5, 0] && numbers["mae"] as? Double == 0.25)
      #expect(numbers["outputs"] as? [String] == ["y1", "y2"])
      let classes = try object(
        try model(
          .classification, .softmaxCrossEntropy(), weights: [1, 0, 0, 1], biases: [0, 0],
          names: ["no", "yes"]), try place.write("a,b,kind\n0,1,yes\n3,1,no\n2,1,yes\n", "c.csv"))
      #expect(
        classes["hits"] as? Int == 2
          && classes["confusion_matrix"] as? [[Int]] == [[1, 0], [1, 1]])
      #expect(classes["class_examples"] as? [Int] == [1, 2] && classes["roc_auc"] is Double)
      for key in ["loss", "log_loss", "brier_score", "accuracy", "macro_f1"] {
        #expect(classes[key] is Double, "\(key)")
      }
      let labels = try object(
        try model(
          .multiLabel, .logisticCrossEntropy, weights: [1, 0, 0, 1], biases: [0, 0],
          names: ["x", "y"], thresholds: [0.3, 0.7]),
        try place.write("a,b,x,y\n1,-1,1,0\n-3,3,1,1\n", "l.csv"))
      #expect(labels["thresholds"] as? [Double] == [0.3, 0.7])
      #expect(labels["label_recall"] as? [Double] == [0.5, 1] && labels["micro_f1"] is Double)
    }
  }
}
