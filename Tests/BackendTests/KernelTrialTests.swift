#if OpenCL
  import Foundation
  import Lamina
  import Testing

  @testable import LaminaOpenCL
  import LaminaReference

  /// How kernels are tried: what is kept of it, and what a process of its own is good for.
  @Suite(.serialized) struct KernelTrialTests {
    static let trials: [KernelTrial] = [
      .longLoop,
      trial("a product (plain 7x5x9, by dot 4)", method: "dot 4"),
      trial("an input layer", rule: "input layer"),
      trial("an output layer", rule: "output layer"),
      trial("a joint update", rule: "joint update", method: "vector 6x4 2"),
      trial("whole steps", rule: "whole steps", batches: 2),
    ]

    private static func trial(
      _ name: String, rule: String? = nil, method: String? = nil, batches: Int = 1
    ) -> KernelTrial {
      let backend = ReferenceBackend()
      do {
        let (a, b) = (
          try backend.makeMatrix(rows: 7, columns: 9), try backend.makeMatrix(rows: 9, columns: 5)
        )
        let list: [Lamina.Operation<ReferenceBackend>] = [
          .matmul(a, b, into: try backend.makeMatrix(rows: 7, columns: 5))
        ]
        return .operations(
          OperationTrial(
            name: name, rule: rule, method: method, usesDirectKernel: nil,
            sketch: try OperationSketch(list), batches: batches))
      } catch {
        preconditionFailure("\(error)")
      }
    }

    @Test(arguments: trials.indices) func aTrialSurvivesItsText(_ index: Int) throws {
      let trial = Self.trials[index]
      let text = try JSONEncoder().encode(trial)
      #expect(!text.contains(UInt8(ascii: "\n")), "one line each")
      #expect(try JSONDecoder().decode(KernelTrial.self, from: text) == trial)
    }

    @Test(arguments: [WorkShape.cpu, .gpu]) func everyMethodSurvivesItsName(_ shape: WorkShape)
      throws
    {
      for product in MatmulPlanTests.products {
        for method in MatmulMethod.candidates(for: product, on: shape) {
          #expect(MatmulMethod(name: method.name) == method, "\(method.name)")
        }
      }
      for name in [
        "", "tiled", "tiled 64", "tiled 128 in 2", "vector 4x2", "clblast nonsense", "dot 01",
      ] {
        #expect(MatmulMethod(name: name) == nil, "\(name)")
      }
    }

    /// All groups of a launch compute alike, so a trial needs a whole one, and a part of another.
    @Test func aTrialHasMoreThanAGroup() {
      let product = ProductShape("activation 1000x512x784")!
      for method in [
        MatmulMethod.vector(rows: 6, vectors: 4, tiles: 20), .tiled(Tile.all[0], parts: 1),
        .packed(rows: 6, vectors: 4, tiles: 32, block: 256), .dot(steps: 16),
      ] {
        let (small, group) = (product.reduced(for: method), method.groupShape)
        #expect(small.rows > group.rows && small.rows % group.rows != 0, "\(method)")
        #expect(small.columns > group.columns && small.columns % group.columns != 0, "\(method)")
      }
    }

    // MARK: The ledger

    private let folder = CacheFolder(
      path: FileManager.default.temporaryDirectory.path + "/lamina-trials-\(UUID().uuidString)")

    private func ledger(driver: String = "1.2") -> TrialLedger {
      TrialLedger(
        folder,
        DeviceDescription(
          selector: "opencl:0", kind: .gpu, name: "A", platform: "B", vendor: "C", driver: driver,
          openCLVersion: "OpenCL 3.0", computeUnits: 2, clock: nil, memory: 1 << 30, libraries: [:])
      )
    }

    @Test func verdictsAreKeptForADeviceWithItsDriver() {
      defer { try? FileManager.default.removeItem(atPath: folder.path) }
      let (right, wrong, open) = (Self.trials[0], Self.trials[1], Self.trials[2])
      ledger().begin(right)
      ledger().end(right, nil)
      ledger().begin(wrong)
      ledger().end(wrong, "it says 3 instead of 4")
      ledger().begin(open)
      #expect(ledger().verdict(on: right) == .right)
      #expect(ledger().verdict(on: wrong) == .wrong("it says 3 instead of 4"))
      #expect(ledger().verdict(on: open) == nil, "this process is still at it")
      #expect(ledger(driver: "1.3").verdict(on: right) == nil)
    }

    /// Ctrl-C may have ended one trial, but hardly two.
    @Test func whatEndsItsProcessTwiceIsWrong() throws {
      defer { try? FileManager.default.removeItem(atPath: folder.path) }
      let trial = Self.trials[4]
      ledger().begin(trial)
      let name = try #require(folder.names(in: "trials").first)
      let path = folder.file("trials/\(name)")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      // No process has this number: it is beyond what Linux gives.
      let lines = text.split(separator: "\n").map(String.init)
      let begun = lines[1].replacing(" \(getpid())", with: " 4194999")
      #expect(begun != lines[1])
      try "\(lines[0])\n\(begun)\n".write(toFile: path, atomically: true, encoding: .utf8)
      #expect(ledger().verdict(on: trial) == nil)
      try "\(lines[0])\n\(begun)\n\(begun)\n".write(
        toFile: path, atomically: true, encoding: .utf8)
      guard case .wrong(let reason) = ledger().verdict(on: trial) else {
        Issue.record("two crashes are no verdict")
        return
      }
      #expect(reason.contains("ended the process"))
    }

    @Test func aDamagedLedgerIsNone() throws {
      defer { try? FileManager.default.removeItem(atPath: folder.path) }
      let trial = Self.trials[0]
      ledger().end(trial, nil)
      let name = try #require(folder.names(in: "trials").first)
      let path = folder.file("trials/\(name)")
      let whole = try Data(contentsOf: URL(filePath: path))
      for content in [
        Data(), Data("nonsense".utf8), whole.dropLast(5), Data([0xff, 0x0a]) + whole,
      ] {
        try content.write(to: URL(filePath: path))
        #expect(ledger().verdict(on: trial) == nil)
      }
    }

    // MARK: A process of its own

    private func host(_ script: String, seconds: Double = 20) -> TrialHost {
      var options = OpenCLOptions.isolated
      options.trialSeconds = seconds
      let device = DeviceDescription(
        selector: "opencl:0", kind: .gpu, name: "A GPU", platform: "B", vendor: "C", driver: "1",
        openCLVersion: nil, computeUnits: 2, clock: nil, memory: 1 << 30, libraries: [:])
      return TrialHost(["/bin/sh", "-c", script], device, options)
    }

    @Test func theProcessAnswersEachTrialWithALine() throws {
      let host = host(
        #"""
        echo "a driver says hello"
        while read -r line; do
          case $line in
            *longLoop*) echo 'lamina trial: {}' ;;
            *) echo 'lamina trial: {"problem":"it is wrong"}' ;;
          esac
        done
        """#)
      #expect(try host.finding(on: Self.trials[0]) == (nil, true))
      #expect(try host.finding(on: Self.trials[1]) == ("it is wrong", true))
      #expect(try host.finding(on: Self.trials[0]) == (nil, true))
    }

    @Test func aCrashIsAVerdictAndTheNextTrialGetsANewProcess() throws {
      let host = host(
        """
        read -r line
        case $line in *longLoop*) echo 'lamina trial: {}'; read -r line ;; esac
        kill -SEGV $$
        """)
      let finding = try host.finding(on: Self.trials[1])
      let sentence = try #require(finding.problem)
      #expect(!finding.isConclusive, "somebody may have ended it")
      #expect(sentence.contains("ended the process that tried it on A GPU (signal 11)"))
      #expect(try host.finding(on: Self.trials[0]) == (nil, true))
    }

    /// Its memory may be full of something else: that says nothing of the kernel.
    @Test func fullMemoryIsNoVerdict() {
      let host = host("read -r line; echo 'lamina trial: {\"missingBytes\":4096}'; read -r line")
      #expect(throws: BackendError.outOfMemory(bytes: 4096, device: "A GPU")) {
        try host.finding(on: Self.trials[0])
      }
    }

    /// After the loss of its device a process ends by itself, and the next trial gets a new one.
    @Test func aProcessMayEndAfterItsAnswer() throws {
      let host = host(
        "read -r line; echo 'lamina trial: {\"problem\":\"refused\",\"isLast\":true}'")
      for _ in 0..<3 { #expect(try host.finding(on: Self.trials[1]) == ("refused", true)) }
    }

    @Test func aTrialThatHangsIsGivenUp() throws {
      let host = host("read -r line; exec sleep 1000", seconds: 0.3)
      let finding = try host.finding(on: Self.trials[2])
      let sentence = try #require(finding.problem)
      #expect(!finding.isConclusive)
      #expect(sentence.contains("an input layer has not ended within 0 s on A GPU"))
    }

    @Test func aProgramThatIsNotThereIsAnError() {
      let host = TrialHost(
        ["/no/such/program"],
        DeviceDescription(
          selector: "opencl:0", kind: .gpu, name: "A", platform: "B", vendor: "C", driver: "1",
          openCLVersion: nil, computeUnits: 1, clock: nil, memory: 1, libraries: [:]), .isolated)
      #expect(throws: BackendError.self) { try host.finding(on: Self.trials[0]) }
    }
  }
#endif
