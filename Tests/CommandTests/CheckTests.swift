import Foundation
import Lamina
import LaminaCPU
import LaminaCheck
import Testing

@testable import LaminaCommand

extension CommandTests {
  @Suite struct CheckTests {
    /// The CPU backend is on every machine.
    @Test func aRightDeviceHasALineForEachOperationInOneObject() throws {
      let result = try Program.run(["check", "--quick", "--json", "--device", "cpu"])
      #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      #expect(object["right"] as? Bool == true)
      #expect(object["complete"] as? Bool == true)
      #expect(object["quick"] as? Bool == true)
      #expect((object["verdict"] as? String)?.hasPrefix("cpu computes correctly: ") == true)
      #expect((object["device"] as? [String: Any])?["selector"] as? String == "cpu")
      let lines = try #require(object["operations"] as? [[String: Any]])
      let names = lines.compactMap { $0["name"] as? String }
      for group in CheckGroup.operations + CheckGroup.composites + CheckGroup.trainings {
        #expect(names.contains(group.name))
      }
      #expect(names.contains("products by OpenBLAS"))
      #expect(names.contains("error of products in fp32"))
      // Every precision with which the device can be opened is checked.
      let hasBF16 = (try? CPUBackend.check(.bf16)) != nil
      #expect(names.contains("products by AVX512-BF16") == hasBF16)
      #expect(names.contains("error of products in bf16") == hasBF16)
      for line in lines {
        #expect(line["verdict"] as? String == "right")
        #expect((line["cases"] as? Int ?? 0) > 0)
        #expect((line["worst_error"] as? Double ?? .infinity) <= 1)
      }
    }

    @Test func whatWasReachedIsPrintedWhenInterrupted() throws {
      let program = try Program(["check", "--device", "cpu"])
      program.wait(until: "the check has begun") { !program.children.isEmpty }
      program.send(SIGINT)
      let result = try program.finish()
      #expect(result.code == 130, "\(result.errors)")
      #expect(result.errors.contains("the check was interrupted by SIGINT; "))
      #expect(result.output.contains("OPERATION"))
      #expect(result.output.contains("; the check was not finished\n"))
    }

    @Test func aCrashedDriverIsFoundAndTheCheckGoesOn() throws {
      let program = try Program(["check", "--quick", "--json", "--device", "cpu"])
      program.wait(until: "the check has begun") { !program.children.isEmpty }
      sleep(1)
      for child in program.children { kill(child, SIGSEGV) }
      let result = try program.finish()
      #expect(result.code == 1, "\(result.errors)")
      // Before its first line, the check cannot continue.
      guard !result.output.isEmpty else {
        #expect(result.errors.contains("the driver ended the process with signal 11"))
        return
      }
      #expect(result.errors.hasPrefix("lamina: cpu computes 1 of "), "\(result.errors)")
      #expect(result.output.contains("the driver ended the process with signal 11"))
      #expect(result.output.contains("\"complete\":true"))
    }

    @Test(arguments: [
      (["--device", "warp drive"], "no device is called 'warp drive'"),
      (["--device", ""], "no device is called ''"), (["more"], "Unexpected argument"),
      (["--fast"], "Unknown option '--fast'"),
    ])
    func refusesArguments(_ arguments: [String], _ text: String) throws {
      try expectRefusal(["check"] + arguments, text)
    }

    private static let device = DeviceDescription(
      selector: "opencl:0", name: "Some GPU", platform: "Platform", vendor: "Maker",
      driver: "1.0", openCLVersion: "OpenCL 3.0", computeUnits: 8, memory: 1 << 30,
      libraries: [:])

    /// If a driver ends the process, the current line is wrong, and the check continues after it.
    @Test func aDriverThatEndsTheProcessIsALineOfTheReport() throws {
      var progress = CheckProgress(Self.device, nil, .whole)
      let crash = "the driver ended the process with signal 11"
      var isNoted = progress.die(crash)
      #expect(!isNoted, "no line was begun")
      for event in [
        CheckEvent.began(number: 0, count: 2, name: "softmax"), .trying(name: "rows 7, columns 13"),
      ] {
        progress.take(try #require(CheckEvent(text: try event.text)))
      }
      #expect(progress.position == "1/2 softmax")
      isNoted = progress.die(crash)
      #expect(isNoted && progress.next == 1 && !progress.result.isComplete)
      #expect(progress.result.wrong.map(\.problem) == ["rows 7, columns 13: \(crash)"])
      progress.take(.began(number: 1, count: 2, name: "dropout"))
      isNoted = progress.die("the process ended with code 1")
      #expect(isNoted && progress.next == 2 && progress.result.isComplete)
      isNoted = progress.die("the driver ended the process with signal 6")
      #expect(isNoted)
      let report = CheckReport(progress.result)
      #expect(
        report.verdict
          == "opencl:0 computes 3 of 3 operations wrongly: softmax, dropout, end of the process")
      #expect(
        report.text.contains(
          "wrong: dropout, 1 of 1 cases, such as before its first case: the process ended with"))
      #expect(report.text.hasSuffix(report.verdict + "\n"))
    }

    @Test func otherTextIsNoEvent() {
      for text in ["", "{}", "1 warning generated.", "{\"trying\":3}"] {
        #expect(CheckEvent(text: text) == nil)
        #expect(CheckTrust(text: text) == nil)
      }
    }
  }
}
