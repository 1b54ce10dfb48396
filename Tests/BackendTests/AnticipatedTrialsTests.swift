#if OpenCL
  import Foundation
  import Lamina
  import LaminaCPU
  import Testing

  @testable import LaminaOpenCL

  /// Kernels that are tried before they are asked for, by shells that answer for a process of trials.
  @Suite(.serialized, .enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct AnticipatedTrialsTests {
    private let log = FileManager.default.temporaryDirectory.path + "/lamina-\(UUID().uuidString)"

    private static let dataset = Dataset(
      name: "test", inputs: .floats((0..<120).map { Float($0 % 7) - 3 }),
      targets: .classes((0..<20).map { Int32($0 % 3) }, classNames: ["a", "b", "c"]), features: 6)
    private static let description = NetworkDescription.classifier(
      inputs: 6, hidden: [20], activation: .relu, classes: 3, inputScaling: .identity)

    /// - Parameter answer: Commands that answer the trial in `$line`.
    private func backend(_ answer: String, _ warnings: Warnings) throws -> OpenCLBackend {
      var options = OpenCLOptions.isolated
      options.trialProgram = [
        "/bin/sh", "-c", "while read -r line; do echo \"$line\" >> '\(log)'; \(answer); done",
      ]
      options.warn = { warnings.sentences.append($0) }
      return try OpenCLBackend(try #require(FirstDevice.device), shape: .cpu, options: options)
    }

    /// The loss of the network on a backend, and how many trials had been asked for before.
    private func evaluate<B: Backend>(on backend: B) throws -> (loss: Double, before: Int) {
      let values = NetworkParameters(for: Self.description, initialization: .pyTorch, seed: 1)
      let network = try Network(Self.description, values: values, on: backend)
      let data = try DeviceDataset(Self.dataset, for: Self.description, on: backend)
      let evaluator = try Evaluator(network, rows: 20)
      try evaluator.anticipate(data)
      let before = try wait { $0 > 1 }
      return (try evaluator.evaluate(data).loss, before)
    }

    private var asked: [Substring] {
      ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").split(separator: "\n")
    }

    /// The number of trials, once it is as wanted or a second has gone by.
    private func wait(until isEnough: (Int) -> Bool) throws -> Int {
      for _ in 0..<100 where !isEnough(asked.count) { usleep(10_000) }
      return asked.count
    }

    private func expectRight(_ answer: String, _ warnings: Warnings, trials: Int?) throws {
      defer { try? FileManager.default.removeItem(atPath: log) }
      let expected = try evaluate(on: CPUBackend()).loss
      let (loss, before) = try evaluate(on: backend(answer, warnings))
      // Sums of six and twenty terms in another order.
      #expect(abs(loss - expected) < 1e-5)
      #expect(before > 0, "nothing was tried ahead")
      if let trials { #expect(asked.count == trials && Set(asked).count == trials, "\(asked)") }
    }

    @Test func eachIsTriedOnceAndBeforeItIsAskedFor() throws {
      let warnings = Warnings()
      try expectRight("echo 'lamina trial: {}'", warnings, trials: 2)
      #expect(warnings.sentences.isEmpty)
    }

    @Test func whatIsWrongGivesWayWithAWarning() throws {
      let warnings = Warnings()
      try expectRight(
        "case $line in *output\\ layer*) echo 'lamina trial: {\"problem\":\"it is wrong\"}' ;; "
          + "*) echo 'lamina trial: {}' ;; esac", warnings, trials: nil)
      #expect(warnings.sentences == ["it is wrong; separate operations take its place"])
    }

    /// One that ends its process says nothing of those that were to follow: they are tried again.
    @Test func aCrashCostsOnlyTheKernelThatCrashed() throws {
      let warnings = Warnings()
      try expectRight(
        "case $line in *input\\ layer*) kill -SEGV $$ ;; *) echo 'lamina trial: {}' ;; esac",
        warnings, trials: nil)
      #expect(warnings.sentences.count == 1, "\(warnings.sentences)")
      #expect(warnings.sentences.first?.contains("signal 11") == true)
    }
  }
#endif
