#if OpenCL
  import Lamina
  import Testing

  @testable import LaminaCheck
  @testable import LaminaOpenCL

  /// What a check says of a device with kernels made wrong: the lines of these, and no others. The
  /// faults are in kernels for processors.
  @Suite(.serialized, .enabled(if: FirstDevice.device?.isCPU == true, "no processor by OpenCL"))
  struct DeviceCheckTests {
    struct Fault: Sendable {
      /// The path of the kernel's file in `Kernels`, without ending.
      let path: String
      let macro, line: String
      var kernel: String { String(path.split(separator: "/").last ?? "") }
    }

    /// Kernels that no other kernel has to do with, so that one check finds all: of one operation, of
    /// products, and one that does not compile.
    static let simple = [
      Fault(path: "updates/clip", macro: "LANES=2", line: "clip"),
      Fault(path: "layers/dropout", macro: "WIDTH=no_such_name", line: "dropout"),
      Fault(path: "products/matmul_vector", macro: "ROWS=1", line: "products by matmul_vector"),
      Fault(path: "updates/decay", macro: "LANES=2", line: "decay"),
    ]
    /// Those that take the place of several operations, and in use would give way to them.
    static let fused = [
      Fault(path: "fused/matmul_updates", macro: "ROWS=1", line: "dense updates"),
      Fault(path: "fused/input_layer", macro: "ROWS=1", line: "input layer"),
      Fault(path: "fused/output_layer", macro: "SMOOTHING=0.5f", line: "output layer"),
      Fault(path: "steps/whole_steps", macro: "WIDTH=no_such_name", line: "whole steps"),
    ]

    private func check(_ faults: [Fault] = []) throws -> CheckResult {
      let device = try CheckedOpenCLDevice(try #require(FirstDevice.device))
      for fault in faults { device.backend.kernels.faults[fault.kernel] = [fault.macro] }
      return DeviceCheck.result(of: device, CheckScope(casesPerLine: 3, secondsPerLine: nil))
    }

    @Test(arguments: [simple, fused])
    func theLineOfEachWrongKernelFailsAndNoOther(faults: [Fault]) throws {
      let result = try check(faults)
      #expect(Set(result.wrong.map(\.name)) == Set(faults.map(\.line)))
      for line in result.wrong { #expect(line.wrongCases > 0 && line.problem != nil) }
      let broken = try #require(faults.first { $0.macro.hasSuffix("no_such_name") })
      let sentence = result.wrong.first { $0.name == broken.line }?.problem ?? ""
      #expect(sentence.contains("Kernels/\(broken.path).cl does not build"), "\(sentence)")
      #expect(result.isComplete && result.lines.count > 35)
    }

    @Test func aDeviceWithoutFaultIsRight() throws {
      let result = try check()
      #expect(result.isComplete && result.wrong.isEmpty && result.warnings.isEmpty)
      #expect(result.lines.allSatisfy { $0.status == .right && $0.cases > 0 && $0.worst <= 1 })
      #expect(Set(result.lines.map(\.name)).count == result.lines.count)
      #expect(result.lines.contains { $0.worst > 0 && $0.worstCase != nil })
      #expect(result.lines.contains { $0.compileSeconds > 0 })
    }
  }
#endif
