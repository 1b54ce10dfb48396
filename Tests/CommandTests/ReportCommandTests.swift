import Foundation
import Testing

extension CommandTests {
  @Suite struct ReportCommandTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private func train(_ more: [String]) throws -> Program.Result {
      try Program.run(
        [
          "train", "--data", place.data, "--hidden", "16", "--batch-size", "16", "--learning-rate",
          "0.05", "--epochs", "3",
        ] + more)
    }

    @Test func showsARunWithItsPictures() throws {
      #expect(try train(["--log", place.file("a.jsonl")]).code == 0)
      #expect(try train(["--log", place.file("b.jsonl"), "--seed", "2"]).code == 0)
      let result = try Program.run([
        "report", place.file("a.jsonl"), place.file("b.jsonl"), "-o", place.file("r.html"),
      ])
      #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
      let page = try place.text("r.html")
      // Two losses, two accuracies and the learning rate of two runs, before their matrices.
      let curves = page.components(separatedBy: "class=\"cell\"")[0]
      #expect(curves.components(separatedBy: "class=\"point\"").count - 1 == 2 * 5 * 3)
      let cells = 2 * Workplace.classes * Workplace.classes
      #expect(page.components(separatedBy: "class=\"cell\"").count - 1 == cells)
      #expect(page.components(separatedBy: "weights of unit").count - 1 == 2 * 16)
    }

    @Test func logsTheMistakesFirst() throws {
      #expect(
        try train(["--epochs", "1", "--learning-rate", "0.01", "--log", place.file("l")]).code == 0)
      let result = try #require(try place.log("l").last)
      let pictures = try #require(result["pictures"] as? [String: Any])
      let examples = try #require(pictures["examples"] as? [[String: Any]])
      let wrong = examples.map { $0["label"] as? Int != $0["prediction"] as? Int }
      #expect(examples.count == 32 && wrong == wrong.sorted { $0 && !$1 })
      let matrix = try #require(result["confusion_matrix"] as? [[Int]])
      let hits = matrix.indices.reduce(0) { $0 + matrix[$1][$1] }
      #expect(wrong.count { $0 } == min(24, Workplace.testCount - hits))
      for example in examples {
        let pixels = Data(base64Encoded: example["pixels"] as? String ?? "")
        #expect(pixels?.count == 64)
        // Classes take turns in the test set.
        #expect((example["index"] as? Int ?? -1) % Workplace.classes == example["label"] as? Int)
      }
    }

    @Test func refusesWhatItCannotShow() throws {
      let log = place.file("l")
      try "nothing".write(toFile: log, atomically: false, encoding: .utf8)
      try expectRefusal(["report", log, "-o", place.file("r")], "has nothing to report")
      try expectRefusal(["report", place.file("none"), "-o", place.file("r")], "No such file")
      try expectRefusal(
        ["report", log, "-o", log], "--output writes \(log), which is an input (to be reported)")
      try expectRefusal(["report", log, "-o", "/nowhere/r.html"], "/nowhere/r.html")
      #expect(try place.names == ["data", "l"])
    }

    @Test func writesEventsForTensorBoard() throws {
      let folder = place.file("events")
      #expect(try train(["--tensorboard", folder, "--log", place.file("l")]).code == 0)
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(files.count == 1 && files[0].hasPrefix("events.out.tfevents."))
      guard let python = Python.with("tensorboard") else { return }
      let script = """
        import json, sys
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
        events = EventAccumulator(sys.argv[1]); events.Reload()
        text = events.Tensors("hyperparameters")[0].tensor_proto.string_val[0].decode()
        print(json.dumps({"text": text, "scalars": {
          tag: [[e.step, e.value] for e in events.Scalars(tag)] for tag in events.Tags()["scalars"]}}))
        """
      let read = try Program(
        ["-c", script, folder], environment: ["PYTHONWARNINGS": "ignore"], path: python
      )
      .finish()
      #expect(read.code == 0, "\(read.errors)")
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(read.output.utf8)) as? [String: Any])
      #expect((object["text"] as? String)?.contains("| network | `64-16-5 (relu)` |") == true)
      let scalars = try #require(object["scalars"] as? [String: [[Double]]])
      let epochs = try place.log("l").filter { $0["event"] as? String == "epoch" }
      for (tag, name) in [
        ("loss/train", "train_loss"), ("loss/test", "test_loss"),
        ("accuracy/train", "train_accuracy"), ("accuracy/test", "test_accuracy"),
        ("learning_rate", "learning_rate"),
      ] {
        let logged = epochs.map { Float($0[name] as? Double ?? -1) }
        #expect(scalars[tag]?.map { Float($0[1]) } == logged, "\(tag)")
        #expect(scalars[tag]?.map { $0[0] } == [1, 2, 3])
      }
    }

    @Test func profilesEveryKernel() throws {
      let list = try Program.run(["devices", "--json"]).output
      let devices = try JSONSerialization.jsonObject(with: Data(list.utf8)) as? [[String: Any]]
      for selector in try #require(devices).compactMap({ $0["selector"] as? String }) {
        let path = place.file("trace.json")
        let result = try train(["--device", selector, "--epochs", "2", "--profile", path])
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("GFLOP/s") && result.output.contains("calls, "))
        let trace = try #require(
          JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path)))
            as? [String: Any])
        let events = try #require(trace["traceEvents"] as? [[String: Any]])
        let calls = events.filter { $0["ph"] as? String == "X" }
        let summary = try #require(trace["lamina"] as? [String: Any])
        let kernels = try #require(summary["kernels"] as? [[String: Any]])
        let counts = calls.map { ($0["args"] as? [String: Int])?["calls"] ?? 0 }
        #expect(counts.reduce(0, +) == kernels.reduce(0) { $0 + ($1["calls"] as? Int ?? 0) })
        #expect(
          calls.allSatisfy { $0["ts"] as? Double ?? -1 >= 0 && $0["dur"] as? Double ?? -1 >= 0 })
        // With 300 examples, an epoch has 18 steps of 16 and one of 12. Each has the products of
        // the first layer, possibly fused with others in one kernel.
        let named = kernels.filter { ($0["name"] as? String)?.contains(" 16×16×64") == true }
        let first = try #require(named.first)
        #expect(named.count == 1, "\(selector): \(kernels)")
        #expect(first["calls"] as? Int == 36)
        let products = (first["name"] as? String ?? "").split(separator: " ")
          .filter { $0.contains("×") }
        let multiplications = products.map {
          $0.split(separator: "×").reduce(1) { $0 * (Double($1) ?? 0) }
        }
        #expect(first["operations"] as? Double == 36 * 2 * multiplications.reduce(0, +))
        let ceilings = try #require(summary["ceilings"] as? [String: Double])
        #expect(ceilings.values.allSatisfy { $0 > 0 })
        let page = try Program.run(["report", path, "-o", place.file("p.html")])
        #expect(page.code == 0)
        #expect(try place.text("p.html").contains("Roofline"))
      }
    }

    @Test func profilesChangeNoResult() throws {
      for device in ["cpu"] {
        for (name, more) in [("a", []), ("b", ["--profile", place.file("t")])] {
          #expect(try train(["--device", device, "--model", place.file(name)] + more).code == 0)
        }
        let models = try ["a", "b"].map {
          try Data(contentsOf: URL(fileURLWithPath: place.file($0)))
        }
        #expect(models[0] == models[1])
      }
    }

    @Test func refusesOutputsThatCannotBe() throws {
      let data = ["train", "--data", place.data]
      try expectRefusal(data + ["--tensorboard", "/nowhere/at/all"], "/nowhere/at/all")
      try expectRefusal(data + ["--profile", "/nowhere/t"], "cannot write /nowhere/t")
      try expectRefusal(
        data + ["--profile", place.file("x"), "--log", place.file("x")],
        "both write \(place.file("x")); give them different names")
      #expect(try place.names == ["data"])
    }

    @Test(.enabled(if: Terminal.isAvailable)) func drawsOnATerminalAlone() throws {
      let command =
        "\(Program.path) train --data \(place.data) --hidden 16 --batch-size 16 --epochs 3"
      func output(_ more: String, _ environment: [String: String]) throws -> String {
        try Program(
          ["-qec", command + more, "/dev/null"],
          environment: ["LC_ALL": "C.UTF-8", "TERM": "xterm"].merging(environment) { $1 },
          path: Terminal.path
        ).finish().output
      }
      let coloured = try output("", ["NO_COLOR": ""])
      #expect(coloured.contains("true classes down") && coloured.contains("\u{1b}[32m"))
      #expect(coloured.contains("█"), "the sparkline")
      let plain = try output("", ["NO_COLOR": "1"])
      #expect(plain.contains("true classes down") && !plain.contains("\u{1b}[32m"))
      #expect(try !output(" --quiet", [:]).contains("true classes down"))
      #expect(try !train([]).output.contains("true classes down"))
    }
  }
}

/// A Python with a module, for tests that compare with other programs.
enum Python {
  /// The first Python that has the module; nil if none has.
  static func with(_ module: String) -> String? {
    let named = ProcessInfo.processInfo.environment["LAMINA_TEST_PYTHON"]
    let candidates = [named, "/usr/bin/python3", "/usr/local/bin/python3"].compactMap(\.self)
    return candidates.first { path in
      guard FileManager.default.isExecutableFile(atPath: path),
        let result = try? Program(
          ["-c", "import \(module)"], environment: ["PYTHONWARNINGS": "ignore"], path: path
        ).finish()
      else { return false }
      return result.code == 0
    }
  }
}
