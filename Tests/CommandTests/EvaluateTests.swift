import Foundation
import Testing

extension CommandTests {
  @Suite struct EvaluateTests {
    private let place: Workplace
    private let model: String

    init() throws {
      place = try Workplace()
      model = place.file("m")
      let result = try Program.run([
        "train", "--data", place.data, "--hidden", "16", "--batch-size", "16", "--epochs", "5",
        "--learning-rate", "0.05", "--model", model, "--log", place.file("l"), "--quiet",
      ])
      #expect(result.code == 0, "\(result.errors)")
    }

    @Test func evaluateSaysWhatTrainSaid() throws {
      let result = try Program.run(["evaluate", "--model", model, "--data", place.data])
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("\n" + measuredProducts))
      let accuracy = try #require(try place.log("l").last?["test_accuracy"] as? Double)
      let hits = Int((accuracy * Double(Workplace.testCount)).rounded())
      #expect(result.output.contains("(\(hits) of \(Workplace.testCount))"))
      for part in ["confusion matrix", "macro average", "Brier score", "ROC AUC", "recall"] {
        #expect(result.output.contains(part), "\(part)")
      }
    }

    @Test func predictShowsTheImageAndTheProbabilities() throws {
      let result = try Program.run([
        "predict", "--model", model, "--data", place.data, "--index", "7",
      ])
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("true       2\n"))
      #expect(result.output.contains("\n" + measuredProducts))
      // The third row of pixels is the bright one.
      let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines[5].contains("@@") || lines[5].contains("%%"), "\(result.output)")
      let probabilities = lines.compactMap { line -> Double? in
        let words = line.split(separator: " ")
        return words.count >= 2 && Int(words[0]) != nil ? Double(words[1]) : nil
      }
      #expect(probabilities.count == Workplace.classes)
      #expect(abs(probabilities.reduce(0, +) - 1) < 0.001)
      #expect(result.output.utf8.allSatisfy { $0 < 128 }, "no terminal, plain ASCII")
    }

    @Test(arguments: ["-1", "100", "9223372036854775807"])
    func predictRefusesAnIndexOutOfRange(_ index: String) throws {
      try expectRefusal(
        ["predict", "--model", model, "--data", place.data, "--index", index],
        "there is no example \(index): ")
    }
  }
}

extension CommandTests {
  @Suite struct DevicesTests {
    @Test func listsTheProcessor() throws {
      let result = try Program.run(["devices"])
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.lines.first?.hasPrefix("SELECTOR") == true)
      #expect(result.lines.dropFirst().first?.hasPrefix("cpu ") == true)
    }

    @Test func listsDevicesAsJSON() throws {
      let result = try Program.run(["devices", "--json"])
      let list = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let devices = try #require(list as? [[String: Any]])
      #expect(devices.first?["selector"] as? String == "cpu")
      #expect(devices.first?["type"] as? String == "cpu")
      for device in devices {
        #expect(["cpu", "gpu", "accelerator"].contains(device["type"] as? String))
        for name in ["name", "platform", "vendor", "driver"] { #expect(device[name] is String) }
        #expect((device["compute_units"] as? Int ?? 0) > 0)
        #expect((device["memory_bytes"] as? Int ?? 0) > 0)
      }
    }

    private static let taskset = "/usr/bin/taskset"

    /// The output of a process that may use only one processor.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: taskset), "no taskset"))
    func tellsTheThreads() throws {
      let mask = try Program(["-c", "0", Program.path, "devices"], path: Self.taskset).finish()
      let line = try #require(mask.lines.first { $0.hasPrefix("cpu: ") })
      #expect(line.hasPrefix("cpu: 1 thread, 1 of "), "\(line)")
    }

    /// OpenBLAS kernels slower than the processor's own cause a warning, even if the user chose
    /// them.
    @Test func oldKernelsDoNotPassInSilence() throws {
      let environment = ["LAMINA_OPENBLAS_CORETYPE": "Prescott"]
      let result = try Program.run(["devices", "--json"], environment: environment)
      let list = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let processor = try #require((list as? [[String: Any]])?.first)
      let libraries = processor["libraries"] as? [String: String]
      // Builds for only one processor have no other kernels.
      let isFollowed = libraries?["OpenBLAS kernel set"] == "Prescott"
      let expected =
        isFollowed ? "LAMINA_OPENBLAS_CORETYPE asks for that" : "LAMINA_OPENBLAS_CORETYPE is"
      let notes = try #require(processor["notes"] as? [String])
      #expect(notes.contains { $0.contains(expected) }, "\(notes)")
      #expect((processor["threads"] as? Int ?? 0) > 0)
      let trained = try Program.run(
        ["train", "--data", "xor", "--hidden", "4", "--epochs", "1", "--quiet"],
        environment: environment)
      #expect(trained.code == 0)
      #expect(trained.errors.hasPrefix("lamina: warning: "))
      #expect(trained.errors.contains(expected), "\(trained.errors)")
      #expect(trained.errors.split(separator: "\n").count == 1, "\(trained.errors)")
    }

    @Test func helpAndVersionEndWell() throws {
      for arguments in [["--help"], ["--version"], ["help", "train"], ["train", "--help"], []] {
        let result = try Program.run(arguments)
        #expect(result.code == 0 && !result.output.isEmpty && result.errors.isEmpty)
      }
    }
  }
}
