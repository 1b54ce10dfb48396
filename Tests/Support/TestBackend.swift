import Foundation
package import Lamina
import LaminaCPU

#if OpenCL
  import LaminaOpenCL
#endif

/// A backend of this machine, by name: the argument of tests that run on all backends.
package struct TestBackend: Sendable, CustomStringConvertible {
  package let description: String

  /// The CPU with one and with several threads, and every OpenCL device with the kernels for CPUs
  /// and those for GPUs.
  package static let all: [TestBackend] = {
    var names = ["cpu", "cpu with 1 thread", "cpu with 3 threads"]
    #if OpenCL
      for device in devices {
        names.append(device.description.selector)
        names.append("\(device.description.selector) as \(device.isCPU ? "GPU" : "processor")")
      }
    #endif
    return wanted(names)
  }()

  /// The CPU and every OpenCL device with each of their methods for matrix products.
  package static let methods: [TestBackend] = {
    var names = CPUBackend.Variant.methods.map { "cpu by \($0.name)" }
    #if OpenCL
      for device in devices {
        names += OpenCLBackend.Variant.methods.map {
          "\(device.description.selector) as \($0.name)"
        }
      }
    #endif
    return wanted(names)
  }()

  /// The CPU in each precision that it has besides fp32, and every OpenCL device with plain kernels in the
  /// place of tensor cores in each of these.
  package static let otherPrecisions: [TestBackend] = {
    var names = CPUBackend.Variant.rounded.map { "cpu by \($0.name)" }
    #if OpenCL
      for device in devices {
        names += OpenCLBackend.Variant.tensorCores.map {
          "\(device.description.selector) as \($0.name)"
        }
      }
    #endif
    return wanted(names)
  }()

  /// The backends whose names match the regular expression `LAMINA_TEST_BACKENDS` in some part.
  private static func wanted(_ names: [String]) -> [TestBackend] {
    let pattern = ProcessInfo.processInfo.environment["LAMINA_TEST_BACKENDS"] ?? ""
    guard let regex = try? Regex(pattern) else {
      fatalError("LAMINA_TEST_BACKENDS is not a regular expression: \(pattern)")
    }
    return names.filter { $0.contains(regex) }.map { TestBackend(description: $0) }
  }

  /// Calls `body` with the backend. Backends live as long as the tests, and one test uses a backend
  /// at a time.
  package func use<Result>(_ body: (any Backend) throws -> Result) throws -> Result {
    Self.lock.lock()
    defer { Self.lock.unlock() }
    let backend = try Self.open[description] ?? make()
    Self.open[description] = backend
    return try body(backend)
  }

  private func make() throws -> any Backend {
    switch description {
    case "cpu": return try CPUBackend()
    case "cpu with 1 thread": return try CPUBackend(threads: 1)
    case "cpu with 3 threads": return try CPUBackend(threads: 3)
    default:
      let variants = CPUBackend.Variant.methods + CPUBackend.Variant.rounded
      if let variant = variants.first(where: { description == "cpu by \($0.name)" }) {
        return try CPUBackend(variant: variant)
      }
      #if OpenCL
        return try makeOpenCL()
      #else
        throw BackendError.noDevice(wanted: description, available: ["cpu"])
      #endif
    }
  }

  #if OpenCL
    private static let devices = (try? OpenCLDevice.all()) ?? []

    private func makeOpenCL() throws -> OpenCLBackend {
      let device = try OpenCLDevice.select(String(description.prefix { $0 != " " }))
      let variants =
        OpenCLBackend.Variant.shapes + OpenCLBackend.Variant.methods
        + OpenCLBackend.Variant.tensorCores
      guard let variant = variants.first(where: { description.hasSuffix(" as \($0.name)") }) else {
        return try OpenCLBackend(device, options: .isolated)
      }
      return try OpenCLBackend(device, variant: variant)
    }
  #endif

  private static let lock = NSLock()
  nonisolated(unsafe) private static var open: [String: any Backend] = [:]
}
