#if OpenCL
  import Lamina
  import Testing

  @testable import LaminaCheck
  @testable import LaminaOpenCL

  /// What a check says of a device with one kernel made wrong: the line of that kernel, and no other.
  @Suite(.serialized, .enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct DeviceCheckTests {
    struct Fault: Sendable, CustomTestStringConvertible {
      let kernel, macro, line: String
      var testDescription: String { "\(kernel) with \(macro)" }
    }

    /// A single operation's, one for products, each that takes the place of several operations, and
    /// those that do not compile.
    private static let faults = [
      Fault(kernel: "softmax", macro: "WIDTH_IS=no_such_name", line: "softmax"),
    ]

    private func check(_ fault: Fault? = nil) throws -> CheckResult {
      let device = try CheckedOpenCLDevice(try #require(FirstDevice.device))
      if let fault { device.backend.kernels.faults[fault.kernel] = [fault.macro] }
      return DeviceCheck(device, CheckScope(casesPerLine: 2, secondsPerLine: nil)).run()
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
