import Foundation
package import Lamina
import LaminaCPU

#if OpenCL
  import LaminaOpenCL
#endif

/// A backend that this machine has, by name: what tests that run everywhere take as argument.
package struct TestBackend: Sendable, CustomStringConvertible {
  package let description: String

  /// The CPU with one and with several threads, and every OpenCL device.
  package static let all: [TestBackend] = {
    var names = ["cpu", "cpu with 1 thread", "cpu with 3 threads"]
    #if OpenCL
      names += ((try? OpenCLDevice.all()) ?? []).map { "\($0.description.selector)" }
    #endif
    return names.map { TestBackend(description: $0) }
  }()

  /// Lends the backend to `body`. Backends live as long as the tests and serve one at a time.
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
      #if OpenCL
        return try OpenCLBackend(OpenCLDevice.select(description), options: .isolated)
      #else
        throw BackendError.noDevice(wanted: description, available: ["cpu"])
      #endif
    }
  }

  private static let lock = NSLock()
  nonisolated(unsafe) private static var open: [String: any Backend] = [:]
}
