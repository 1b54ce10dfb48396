/// An error of a device. Each case prints as one sentence.
public enum BackendError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No device matches `wanted`; `available` lists the devices of the machine. `searched` describes
  /// the search for other devices, if that can help.
  case noDevice(wanted: String, available: [String], searched: String? = nil)
  /// Several devices go by the name `wanted`.
  case ambiguousDevice(wanted: String, candidates: [String])
  /// The device could not give `bytes` more bytes.
  case outOfMemory(bytes: Int, device: String)
  /// A call of the device's library failed with `status`.
  case callFailed(call: String, status: String, device: String)
  /// A command failed in a way that ends all work on the device. `commands` are the last commands
  /// before it, oldest first.
  case deviceLost(call: String, status: String, device: String, commands: [String])
  /// The device has not ended the last commands within `seconds`, and is given up.
  case deviceTimedOut(seconds: Double, device: String, commands: [String])
  /// A kernel file did not compile; `log` is the output of the device's compiler.
  case kernelBuild(kernel: String, device: String, log: String)
  /// A library could not be loaded.
  case libraryMissing(library: String, package: String, reason: String)
  /// An operation on more numbers than the device's kernels can count.
  case tooLarge(operation: String, count: Int, device: String)
  /// The device cannot be used with its driver.
  case deviceRefused(device: String, driver: String, reason: String)
  /// No kernel for an operation computes correctly on the device. `reason` describes the first
  /// failure.
  case noRightKernel(operation: String, device: String, reason: String)
  /// A variable of the environment has a value that cannot be followed.
  case invalidSetting(name: String, value: String, reason: String)
  /// The device has other precisions than the one `wanted`, which has a need that it lacks.
  case unsupportedPrecision(wanted: String, available: [String], device: String, need: String)
  /// A product has an error beyond what its precision explains, as a share of its operands' norm.
  case imprecise(precision: String, product: String, device: String, error: Double, bound: Double)
  /// The device computes wrong numbers.
  case wrongResult(operation: String, device: String, expected: Float, actual: Float)

  /// The sentence.
  public var description: String {
    switch self {
    case .noDevice(let wanted, let available, let searched):
      "no device is called '\(wanted)'; "
        + (available.isEmpty ? "there is none" : "there are: \(available.joined(separator: ", "))")
        + (searched.map { "; \($0)" } ?? "")
    case .ambiguousDevice(let wanted, let candidates):
      "'\(wanted)' is the name of several devices: \(candidates.joined(separator: ", "))"
    case .outOfMemory(let bytes, let device):
      "\(device) has no room for \(bytes) more bytes; a smaller network, batch or data set would fit"
    case .callFailed(let call, let status, let device): "\(call) failed on \(device) with \(status)"
    case .deviceLost(let call, let status, let device, let commands):
      "\(call) failed on \(device) with \(status)\(Self.after(commands)); the device can do nothing "
        + "more in this run"
    case .deviceTimedOut(let seconds, let device, let commands):
      "\(device) has not ended its work within \(Self.text(seconds)) s\(Self.after(commands)); "
        + "a kernel hangs, or needs longer: --device-timeout changes the limit"
    case .kernelBuild(let kernel, let device, let log):
      "Kernels/\(kernel).cl does not build on \(device); its compiler says:\n\(log)"
    case .libraryMissing(let library, let package, let reason):
      "\(library) could not be loaded (\(reason)); on Debian or Ubuntu: apt install \(package)"
    case .tooLarge(let operation, let count, let device):
      "\(operation) on \(device) would have to count to \(count); it can to 2^32 - 2^16: "
        + "a smaller network, batch or data set would do"
    case .deviceRefused(let device, let driver, let reason):
      "\(device) (\(driver)) is not used: \(reason)"
    case .noRightKernel(let operation, let device, let reason):
      "no kernel computes \(operation) on \(device): \(reason)"
    case .invalidSetting(let name, let value, let reason): "\(name) is '\(value)': \(reason)"
    case .unsupportedPrecision(let wanted, let available, let device, let need):
      "\(device) computes in \(available.joined(separator: ", ")); \(wanted) needs \(need)"
    case .imprecise(let precision, let product, let device, let error, let bound):
      "\(device) computes the product \(product) in \(precision) with an error of \(error) of the "
        + "operands' norm, more than \(bound): its driver cannot be trusted with that precision"
    case .wrongResult(let operation, let device, let expected, let actual):
      "\(device) computes \(operation) wrongly (\(actual) instead of \(expected)); "
        + "its driver cannot be trusted with training"
    }
  }

  /// True if this process can no longer use the device.
  public var isFatal: Bool {
    switch self {
    case .deviceLost, .deviceTimedOut: true
    default: false
    }
  }

  private static func after(_ commands: [String]) -> String {
    commands.isEmpty ? "" : " after \(commands.joined(separator: ", "))"
  }

  private static func text(_ seconds: Double) -> String {
    seconds == seconds.rounded() && seconds < 1e9 ? "\(Int(seconds))" : "\(seconds)"
  }
}
