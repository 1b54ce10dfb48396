import Foundation
import LaminaSVM
import Testing

extension CommandTests {
  @Suite struct SVMTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private func svm(_ more: String...) throws -> Program.Result {
      try Program.run(["svm", "--data", place.data] + more)
    }

    @Test(arguments: ["linear", "polynomial", "rbf", "sigmoid"])
    func tellsClassesApart(_ kernel: String) throws {
      let log = place.file("l")
      let result = try svm("--kernel", kernel, "--log", log)
      #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
      #expect(result.output.hasPrefix("support vectors (\(kernel)"))
      // LIBSVM prints nothing itself.
      #expect(!result.output.contains("optimization finished"))
      for part in ["overall accuracy", "class-wise accuracy", "confusion matrix", "times  "] {
        #expect(result.output.contains(part))
      }
      let events = try place.log("l")
      #expect(events.map { $0["event"] as? String } == ["start", "result"])
      #expect(events[0]["kernel"] as? String == kernel)
      expectMeasuredProducts(events[0], result)
      #expect(events[0]["libsvm_version"] as? String == LIBSVM.version)
      #expect((events[1]["test_accuracy"] as? Double ?? 0) > 0.9)
      let matrix = try #require(events[1]["confusion_matrix"] as? [[Int]])
      #expect(matrix.joined().reduce(0, +) == Workplace.testCount)
      for name in ["train_seconds", "kernel_seconds", "solver_seconds", "evaluation_seconds"] {
        #expect((events[1][name] as? Double ?? -1) >= 0, "\(name)")
      }
    }

    @Test func aLoadedModelSaysWhatItSaidWhenTrained() throws {
      let model = place.file("m")
      let trained = try svm("--gamma", "0.02", "--model", model, "--log", place.file("a"))
      #expect(trained.code == 0 && trained.output.contains("model          \(model)"))
      let loaded = try svm("--load", model, "--log", place.file("b"))
      #expect(loaded.code == 0, "\(loaded.errors)")
      #expect(loaded.output.hasPrefix("support vectors (rbf, gamma 0.02) on the 100 test examples"))
      expectMeasuredProducts(try place.log("b")[0], loaded)
      let results = try ["a", "b"].map { try #require(try place.log($0).last) }
      for name in ["test_accuracy", "support_vectors"] {
        #expect(results[0][name] as? Double == results[1][name] as? Double, "\(name)")
      }
      #expect(
        results[0]["confusion_matrix"] as? [[Int]] == results[1]["confusion_matrix"] as? [[Int]])
    }

    @Test func gammaIsThatOfTheDocumentation() throws {
      #expect(try svm("--gamma", "auto", "--log", place.file("l")).code == 0)
      #expect(try place.log("l")[0]["gamma"] as? Double == 1.0 / 64)
    }

    @Test func printsNothingWhenQuiet() throws {
      let result = try svm("--quiet")
      #expect(result.code == 0 && result.output.isEmpty && result.errors.isEmpty)
    }

    @Test(arguments: [
      (["--kernel", "poly"], "there is no kernel 'poly'; the kernels are linear, polynomial"),
      (["--gamma", "wide"], "gamma is 'wide'; it must be scale, auto or a positive number"),
      (["--gamma", "-1"], "gamma of the kernel is -1.0; it must be a positive number"),
      (["--gamma", "nan"], "gamma of the kernel is nan"),
      (["--cost", "0"], "the cost is 0.0; it must be a positive number"),
      (["--cost", "inf"], "the cost is inf"),
      (["--kernel", "polynomial", "--degree", "0"], "the degree of the kernel is 0"),
      (["--kernel", "sigmoid", "--coef0", "nan"], "coef0 of the kernel is nan"),
      (
        ["--kernel", "polynomial", "--gamma", "1e38", "--degree", "99"],
        "the kernel has the value inf for two of the examples"
      ),
      (["--device", "warp drive"], "no device is called 'warp drive'"),
      (["--load", "/no/such/model"], "cannot open /no/such/model"),
      (["more"], "Unexpected argument 'more'"),
    ])
    func refusesArguments(_ arguments: [String], _ text: String) throws {
      let result = try Program.run(["svm", "--data", place.data, "--quiet"] + arguments)
      #expect(result.code == 2 && result.output.isEmpty, "\(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
      #expect(result.errors.hasPrefix("lamina: ") && result.errors.contains(text))
      #expect(try place.names == ["data"])
    }

    @Test func refusesFilesThatDoNotFit() throws {
      let (model, svm) = (place.file("m"), ["svm", "--data", place.data])
      try expectRefusal(svm + ["--model", model, "--log", model], "give them different names")
      try expectRefusal(svm + ["--model", "/no/such/folder/m"], "/no/such/folder")
      try expectRefusal(svm + ["--load", model, "--model", model], "--model has nothing to write")
      let network = ["train", "--data", place.data, "--hidden", "none", "--steps", "1"]
      #expect(try Program.run(network + ["--model", model, "--quiet"]).code == 0)
      try expectRefusal(svm + ["--load", model], "its metadata have no \"lamina_svm\"")
      try place.write(idx([300], [UInt8](repeating: 1, count: 300)), to: "train-labels-idx1-ubyte")
      try place.write(idx([100], [UInt8](repeating: 1, count: 100)), to: "t10k-labels-idx1-ubyte")
      try expectRefusal(svm + ["--quiet"], "all examples have the class \"1\", but at least two")
    }

    @Test func saysWhenItIsInterrupted() throws {
      let program = try Program(["svm", "--data", "digits", "--model", place.file("m")])
      // Digits have 45 pairs of classes, and each takes some time.
      try program.wait(until: "it began") { try !program.outputSoFar().isEmpty }
      program.send(SIGINT)
      let result = try program.finish()
      #expect(result.code == 130, "\(result.errors)")
      #expect(result.errors.contains("training was interrupted by SIGINT; no model is written"))
      #expect(try place.names == ["data"])
    }
  }
}
