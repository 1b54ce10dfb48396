package import Lamina
import LaminaCPU

/// The CPU backend, with each of its methods for products.
package final class CheckedCPU: CheckedDevice {
  private let backend: CPUBackend
  private var variants: [String: CPUBackend] = [:]

  /// Opens the CPU backend.
  package init() throws(BackendError) { backend = try CPUBackend() }

  package var description: DeviceDescription { backend.device }
  package var limits: DeviceLimits? { nil }
  package var compileSeconds: Double { 0 }

  /// The methods of fp32, and the other precisions that the processor has.
  private static let variants = CPUBackend.Variant.methods + CPUBackend.Variant.rounded

  package func ways(to compute: ProductUse) -> [ProductWay] {
    Self.variants.map {
      ProductWay(
        line: "products by \($0.name)", way: .method($0.name), precision: $0.precision)
    }
  }

  package func results(of use: any CheckedUse, _ way: Way) throws -> [[Float]] {
    try use.results(on: try backend(for: way))
  }

  private func backend(for way: Way) throws(BackendError) -> CPUBackend {
    guard let name = way.method else { return backend }
    if let known = variants[name] { return known }
    guard let variant = Self.variants.first(where: { $0.name == name }) else {
      preconditionFailure("no method is called \(name)")
    }
    let opened = try CPUBackend(variant: variant)
    variants[name] = opened
    return opened
  }

  package func takeNotes() -> DeviceNotes { DeviceNotes() }
}
