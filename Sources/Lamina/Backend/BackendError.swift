/// What can go wrong on a device; each case prints as one sentence.
public enum BackendError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No device goes by the name `wanted`; `available` are those that the machine has.
  case noDevice(wanted: String, available: [String])
  /// Several devices go by the name `wanted`.
  case ambiguousDevice(wanted: String, candidates: [String])
  /// The device could not give `bytes` more bytes.
  case outOfMemory(bytes: Int, device: String)
  /// A call of the device's library failed with `status`.
  case callFailed(call: String, status: String, device: String)
  /// A kernel file did not compile; `log` is what the device's compiler wrote.
  case kernelBuild(kernel: String, device: String, log: String)
  /// A library could not be loaded.
  case libraryMissing(library: String, package: String, reason: String)
  /// The device computes wrong numbers: found by the check when it is opened.
  case wrongResult(operation: String, device: String, expected: Float, actual: Float)

  /// The sentence.
  public var description: String {
    switch self {
    case .noDevice(let wanted, let available):
      "no device is called '\(wanted)'; "
        + (available.isEmpty ? "there is none" : "there are: \(available.joined(separator: ", "))")
    case .ambiguousDevice(let wanted, let candidates):
      "'\(wanted)' is the name of several devices: \(candidates.joined(separator: ", "))"
    case .outOfMemory(let bytes, let device):
      "\(device) has no room for \(bytes) more bytes; a smaller network, batch or data set would fit"
    case .callFailed(let call, let status, let device):
      "\(call) failed on \(device) with \(status)"
    case .kernelBuild(let kernel, let device, let log):
      "Kernels/\(kernel).cl does not build on \(device); its compiler says:\n\(log)"
    case .libraryMissing(let library, let package, let reason):
      "\(library) could not be loaded (\(reason)); on Debian or Ubuntu: apt install \(package)"
    case .wrongResult(let operation, let device, let expected, let actual):
      "\(device) computes \(operation) wrongly (\(actual) instead of \(expected)); "
        + "its driver cannot be trusted with training"
    }
  }
}
