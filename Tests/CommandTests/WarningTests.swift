import Foundation
import Testing

extension CommandTests {
  /// Every program warns about settings that it replaces or ignores: here, OpenBLAS kernels that
  /// are slower than the processor's own, or that OpenBLAS does not have.
  @Suite struct WarningTests {
    private let place: Workplace
    private static let environment = [
      "LAMINA_OPENBLAS_CORETYPE": "Prescott", "LAMINA_NO_PLAN": "1",
      "LAMINA_NO_KERNEL_CACHE": "1",
    ]

    init() throws { place = try Workplace() }

    /// The lines of the standard error that name the setting.
    private func warnings(_ result: Program.Result) -> [Substring] {
      result.errors.split(separator: "\n").filter { $0.contains("LAMINA_OPENBLAS_CORETYPE") }
    }

    @Test func trainWarns() throws {
      let result = try Program.run(
        ["train", "--data", place.data, "--steps", "1", "--quiet"], environment: Self.environment)
      #expect(result.code == 0 && warnings(result).count == 1, "\(result.errors)")
      #expect(result.errors.hasPrefix("lamina: warning: "))
    }

    @Test func compareWarnsOnceForTheSameDevice() throws {
      let result = try Program.run(
        [
          "compare", "--devices", "cpu,cpu", "--data", place.data, "--hidden", "8", "--batch-size",
          "20", "--epochs", "1", "--samples", "2", "--sample-seconds", "0.001", "--no-peak",
        ], environment: Self.environment)
      #expect(result.code == 0 && warnings(result).count == 1, "\(result.errors)")
      #expect(result.errors.hasPrefix("lamina: warning: "))
    }

    @Test func benchLogsTheWarningsOfItsCases() throws {
      try """
      data: \(place.data)
      networks: {hidden: 8}
      batch-sizes: 10
      devices: cpu
      repetitions: 2
      measuring: {samples: 2, sample-seconds: 0.001, warm-up-seconds: 0.001, peak: false}
      """.write(toFile: place.file("job.yaml"), atomically: true, encoding: .utf8)
      let result = try Program.run(
        ["bench", place.file("job.yaml"), "--output", place.file("r.jsonl")],
        environment: Self.environment)
      #expect(result.code == 0, "\(result.errors)")
      let warnings = warnings(result)
      #expect(warnings.count == 2, "one a process: \(result.errors)")
      #expect(warnings.allSatisfy { $0.contains(" warning ") && !$0.contains("lamina: warning") })
    }

    @Test func theBenchmarkProgramWarns() throws {
      let path = (Program.path as NSString).deletingLastPathComponent + "/lamina-benchmark"
      let result = try Program(
        [
          "matmul", "--device", "cpu", "--network", "8,4", "--samples", "1", "--seconds", "0.001",
          "--warm-up", "0.001", "--no-peak", "--filter", "8",
        ], environment: Self.environment, path: path
      ).finish()
      #expect(result.code == 0 && warnings(result).count == 1, "\(result.errors)")
      #expect(result.errors.hasPrefix("lamina-benchmark: warning: "))
    }
  }
}
