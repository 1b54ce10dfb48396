import Foundation
import Testing

extension CommandTests {
  /// `lamina train --explain`
  @Suite struct ExplainTests {
    private let workplace: Workplace

    init() throws { workplace = try Workplace() }

    private func explain(_ options: [String]) throws -> Program.Result {
      try Program.run(["train", "--data", workplace.data, "--explain"] + options)
    }

    @Test func showsTheListAndTheStagesOfTheCPU() throws {
      let result = try explain(["--hidden", "12", "--model", workplace.file("m.safetensors")])
      #expect(result.code == 0)
      let lines = result.output.split(separator: "\n").map(String.init)
      #expect(lines[0].hasPrefix("A step of 64-12-5 (relu) with sgd, batch size 64: 13 operations"))
      #expect(lines.contains { $0.hasPrefix(" 1  gather ") && $0.contains("-> input 64×64") })
      #expect(lines.contains { $0.hasPrefix("13  update ") && $0.contains("all parameters") })
      #expect(lines.contains { $0.hasPrefix("cpu, ") && $0.contains("stages, ") })
      #expect(lines.contains { $0.contains("gradients with update") })
      #expect(!(try workplace.names).contains("m.safetensors"), "nothing is trained")
    }

    @Test func theLastPartOfABatchIsShown() throws {
      let result = try explain(["--hidden", "none", "--accumulation", "4"])
      #expect(
        result.output.hasPrefix("A step of 64-5 with sgd, batch size 64, the last of 4 parts"))
      #expect(result.output.contains("-> input 16×64"))
    }

    @Test func aDeviceThatIsNotThereIsRefused() throws {
      try expectRefusal(
        ["train", "--data", workplace.data, "--explain", "--device", "opencl:77"], "opencl:77")
    }
  }
}
