import ArgumentParser
import LaminaConfiguration
import LaminaDevices

/// The longest wait for an OpenCL device.
struct DeviceTimeoutArguments: ParsableArguments {
  @Option(
    """
    Give up an OpenCL device that does not finish a group of steps within this many seconds; \
    'none' waits forever. (default: 60)
    """, value: "seconds", parsing: .unconditional) var deviceTimeout: DeviceTimeout?

  /// Refuses `--device-timeout` if all devices are the CPU backend.
  ///
  /// - Parameter option: The option that names the devices.
  func check(areFor selectors: [String], option: String) throws {
    guard deviceTimeout != nil, selectors.allSatisfy({ $0 == DeviceSelection.cpuSelector }) else {
      return
    }
    throw InputError(
      "--device-timeout is for OpenCL devices, and \(option) \(selectors.joined(separator: ",")) "
        + "names none")
  }

  /// Seconds; nil to wait for ever.
  var seconds: Double? { deviceTimeout.map(\.seconds) ?? DeviceOptions.defaultTimeout }
}

/// A number of seconds, or `none`.
struct DeviceTimeout: OptionValue, CustomStringConvertible {
  let seconds: Double?

  init(parsing text: String) throws {
    if text == "none" {
      seconds = nil
      return
    }
    guard let seconds = Double(text), seconds > 0, seconds.isFinite else {
      throw TextError("give a positive number of seconds, or none")
    }
    self.seconds = seconds
  }

  var description: String { seconds.map { "\($0)" } ?? "none" }
}
