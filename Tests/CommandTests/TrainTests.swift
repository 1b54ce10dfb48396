import Foundation
import Lamina
import LaminaData
import Testing

extension CommandTests {
  @Suite struct TrainTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private func train(_ more: String...) throws -> Program.Result {
      try Program.run(
        [
          "train", "--data", place.data, "--hidden", "16", "--batch-size", "16", "--learning-rate",
          "0.05",
        ] + more)
    }

    @Test func printsPlainLinesWithoutATerminal() throws {
      let result = try train("--epochs", "3")
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.errors.isEmpty)
      #expect(!result.output.contains("\u{1b}") && !result.output.contains("\r"))
      let epochs = result.lines.filter { $0.hasPrefix("epoch ") }
      #expect(epochs.count == 3)
      #expect(epochs.first?.hasPrefix("epoch 1/3  loss ") == true)
      for part in ["overall accuracy", "class-wise accuracy", "confusion matrix", "training time"] {
        #expect(result.output.contains(part))
      }
    }

    @Test func printsNothingWhenQuiet() throws {
      let result = try train("--epochs", "1", "--quiet")
      #expect(result.code == 0 && result.output.isEmpty && result.errors.isEmpty)
    }

    @Test func logsWhatHappens() throws {
      let log = place.file("run.jsonl")
      let result = try train("--epochs", "4", "--log", log, "--seed", "18446744073709551615")
      #expect(result.code == 0, "\(result.errors)")
      let events = try place.log("run.jsonl")
      #expect(
        events.map { $0["event"] as? String } == [
          "start", "epoch", "epoch", "epoch", "epoch", "result",
        ])
      let start = events[0]
      #expect((start["seed"] as? NSNumber)?.uint64Value == .max)
      #expect(start["learning_rate"] as? Double == 0.05)
      #expect(start["hidden"] as? [Int] == [16])
      expectMeasuredProducts(start, result)
      let device = try #require(start["device"] as? [String: Any])
      #expect(device["selector"] as? String == "cpu")
      #expect(device["driver"] is String && device["libraries"] is [String: String])
      for name in [
        "train_loss", "test_loss", "test_accuracy", "seconds", "samples_per_second",
      ] {
        #expect(events[1][name] is Double, "\(name)")
      }
      #expect(events[1]["epoch"] as? Int == 1)
      try check(result: events[5])
    }

    private func check(result: [String: Any]) throws {
      let matrix = try #require(result["confusion_matrix"] as? [[Int]])
      #expect(matrix.count == Workplace.classes)
      #expect(matrix.joined().reduce(0, +) == Workplace.testCount)
      #expect(matrix.allSatisfy { $0.reduce(0, +) == Workplace.testCount / Workplace.classes })
      let hits = matrix.indices.reduce(0) { $0 + matrix[$1][$1] }
      #expect(result["test_accuracy"] as? Double == Double(hits) / Double(Workplace.testCount))
      for name in ["class_accuracy", "class_precision", "class_recall", "class_f1"] {
        #expect((result[name] as? [Double])?.count == Workplace.classes, "\(name)")
      }
      for name in ["macro_precision", "macro_recall", "macro_f1", "brier_score"] {
        #expect((0...1).contains(result[name] as? Double ?? -1), "\(name)")
      }
      #expect(hits > Workplace.testCount * 9 / 10, "the bright rows are easy to tell apart")
      for name in [
        "train_seconds", "samples_per_second", "data_seconds", "setup_seconds",
        "kernel_build_seconds", "evaluation_seconds",
      ] {
        #expect((result[name] as? Double ?? -1) >= 0, "\(name)")
      }
      #expect(result["interrupted"] as? Bool == false)
    }

    @Test func trainsOnEveryDeviceThatItLists() throws {
      let list = try Program.run(["devices", "--json"]).output
      let devices = try JSONSerialization.jsonObject(with: Data(list.utf8)) as? [[String: Any]]
      let selectors = try #require(devices).compactMap { $0["selector"] as? String }
      #expect(selectors.first == "cpu")
      for selector in selectors {
        let result = try train("--epochs", "4", "--device", selector, "--log", place.file("l"))
        #expect(result.code == 0, "\(selector): \(result.errors)")
        let events = try place.log("l")
        #expect((events[0]["device"] as? [String: Any])?["selector"] as? String == selector)
        #expect((events.last?["test_accuracy"] as? Double ?? 0) > 0.9, "\(selector)")
      }
    }

    @Test func endsAfterTheStepsAskedFor() throws {
      let result = try train("--steps", "25", "--log", place.file("run.jsonl"))
      #expect(result.code == 0, "\(result.errors)")
      let events = try place.log("run.jsonl")
      #expect(events.compactMap { $0["steps"] as? Int } == [25, 19, 6, 25])
      #expect(events.last?["samples"] as? Int == 396)
    }

    @Test func countsBeyondAllMeasureDoNoHarm() throws {
      let most = "\(Int.max)"
      #expect(try train("--epochs", most, "--steps", "1").code == 0)
      #expect(try train("--epochs", "1", "--steps", most).code == 0)
    }

    @Test func givesTheSameModelForTheSameSeed() throws {
      for name in ["a", "b"] {
        #expect(try train("--epochs", "2", "--model", place.file(name)).code == 0)
      }
      #expect(try train("--epochs", "2", "--seed", "2", "--model", place.file("c")).code == 0)
      let (a, b, c) = (try bytes("a"), try bytes("b"), try bytes("c"))
      #expect(a == b)
      #expect(a != c)
    }

    private func bytes(_ name: String) throws -> Data {
      try Data(contentsOf: URL(fileURLWithPath: place.file(name)))
    }

    @Test func goesOnFromAModel() throws {
      let model = place.file("m")
      #expect(try train("--epochs", "3", "--model", model).code == 0)
      let result = try Program.run([
        "train", "--data", place.data, "--initial-model", model, "--steps", "1", "--batch-size",
        "16",
        "--learning-rate", "1e-9", "--log", place.file("l"),
      ])
      #expect(result.code == 0, "\(result.errors)")
      let events = try place.log("l")
      #expect(events.first?["hidden"] as? [Int] == [16])
      #expect((events.last?["test_accuracy"] as? Double ?? 0) > 0.9)
      try expectRefusal(
        ["train", "--data", place.data, "--initial-model", model, "--hidden", "8"],
        "--hidden 8 differs from the initial model: \(model) has 64-16-5 (relu)")
    }

    @Test func trainsWithoutHiddenLayersAndWithEveryActivation() throws {
      for activation in ["identity", "logistic", "tanh", "relu"] {
        let result = try train("--steps", "2", "--activation", activation)
        #expect(result.code == 0 && result.output.contains("(\(activation))"), "\(result.errors)")
      }
      let linear = try train("--steps", "2", "--hidden", "none")
      #expect(linear.code == 0 && linear.output.hasPrefix("64-5, 325 parameters"))
    }

    @Test func saysWhenTheLossIsNoNumber() throws {
      let result = try train(
        "--learning-rate", "1e30", "--epochs", "5", "--model", place.file("m"), "--log",
        place.file("l"))
      #expect(result.code == 1)
      #expect(result.errors.hasPrefix("lamina: training diverged: the loss of epoch 1 is "))
      #expect(try place.names == ["data", "l"])
      let events = try place.log("l")
      #expect(events.count == 3)
      #expect(events.last?["diverged"] as? Bool == true)
    }

    @Test func keepsTheModelWhenTheLogDoesNotFitTheDisk() throws {
      let result = try train("--epochs", "1", "--log", "/dev/full", "--model", place.file("m"))
      #expect(result.code == 1)
      #expect(result.errors.contains("the log /dev/full is incomplete"))
      #expect(try Model(path: place.file("m")).description.name == "64-16-5")
    }
  }
}
