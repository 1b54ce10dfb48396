import Foundation
import Testing

extension CommandTests {
  /// `--threads`: the number of threads of the CPU backend.
  @Suite struct ThreadsTests {
    private static let training = ["--data", "xor", "--hidden", "4", "--epochs", "1", "--quiet"]

    /// A training with enough work for five parts.
    private func options(_ place: Workplace) -> [String] {
      [
        "--data", place.data, "--hidden", "128", "--batch-size", "100", "--epochs", "3", "--quiet",
        "--threads", "5",
      ]
    }

    private func train(_ arguments: [String], to model: String, _ place: Workplace) throws -> Data {
      let result = try Program.run(
        ["train"] + options(place) + ["--model", place.file(model)] + arguments)
      #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
      return try Data(contentsOf: URL(fileURLWithPath: place.file(model)))
    }

    /// The number of threads determines the bits of the results, regardless of the machine's cores.
    @Test func theSameNumberGivesTheSameModel() throws {
      let place = try Workplace()
      let first = try train([], to: "a", place)
      #expect(try train([], to: "b", place) == first)
      #expect(try train(["--threads", "1"], to: "d", place) != first, "another number does not")
      let taskset = "/usr/bin/taskset"
      guard FileManager.default.isExecutableFile(atPath: taskset) else { return }
      let confined = try Program(
        ["-c", "0", Program.path, "train"] + options(place) + ["--model", place.file("c")],
        path: taskset
      ).finish()
      #expect(confined.code == 0, "\(confined.errors)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: place.file("c"))) == first)
    }

    /// A batch system confines a process to some of the machine's processors.
    @Test func theMaskOfTheProcessIsTheNumberOfThreads() throws {
      let taskset = "/usr/bin/taskset"
      guard FileManager.default.isExecutableFile(atPath: taskset) else { return }
      for (more, threads) in [([], 1), (["--threads", "16"], 16)] as [([String], Int)] {
        let place = try Workplace()
        let arguments = ["train"] + Self.training + ["--log", place.file("log")] + more
        let result = try Program(["-c", "0", Program.path] + arguments, path: taskset).finish()
        #expect(result.code == 0, "\(result.errors)")
        let device = try #require(try place.log("log").first?["device"] as? [String: Any])
        // Work may be cut for more, but no more threads run.
        #expect(device["compute_units"] as? Int == 1)
        #expect(device["threads"] as? Int == threads)
        let note = try #require((device["notes"] as? [String])?.first)
        #expect(note.hasPrefix("1 thread") && note.contains(", 1 of "), "\(note)")
      }
    }

    @Test func theLogAndAConfigurationHaveTheNumber() throws {
      let place = try Workplace()
      try "data: xor\nhidden: 4\nepochs: 1\nthreads: 3\nlog: \(place.file("log"))\nquiet: true\n"
        .write(toFile: place.file("x.yaml"), atomically: true, encoding: .utf8)
      for (arguments, threads) in [([], 3), (["--threads", "2"], 2)] as [([String], Int)] {
        let result = try Program.run(["train"] + arguments + [place.file("x.yaml")])
        #expect(result.code == 0, "\(result.errors)")
        let device = try place.log("log").first?["device"] as? [String: Any]
        #expect(device?["threads"] as? Int == threads)
      }
      let printed = try Program.run(["train", "--threads", "7", "--print-config"])
      #expect(printed.lines.contains("threads: 7"))
    }

    @Test(arguments: ["0", "-1", "1025", "many", "2.5", "99999999999999999999"])
    func numbersThatMakeNoSenseAreRefused(_ number: String) throws {
      try expectRefusal(
        ["train"] + Self.training + ["--threads", number], "give a whole number from 1 to 1024")
    }

    @Test func otherDevicesHaveNoThreads() throws {
      let model = ["--model", "m", "--data", "digits"]
      for command in [
        ["train"] + Self.training, ["evaluate"] + model, ["predict", "--index", "0"] + model,
        ["svm", "--data", "digits"],
      ] {
        try expectRefusal(
          command + ["--device", "opencl", "--threads", "2"],
          "--threads is for the CPU backend, and --device opencl does not name it")
      }
      for command in ["demo", "compare"] {
        try expectRefusal(
          [command, "--devices", "opencl,opencl:0", "--threads", "2"],
          "--threads is for the CPU backend, and --devices opencl,opencl:0 does not name it")
      }
    }
  }
}
