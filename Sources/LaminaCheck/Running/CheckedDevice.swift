package import Lamina

/// A device, and the backends that a check uses on it.
package protocol CheckedDevice: AnyObject {
  /// The description of the device.
  var description: DeviceDescription { get }
  /// The limits of the driver; nil if there is no driver.
  var limits: DeviceLimits? { get }
  /// The seconds in compilers so far.
  var compileSeconds: Double { get }
  /// Every way to compute a product on this device.
  func ways(to compute: ProductUse) -> [ProductWay]
  /// Runs a use of operations.
  func results(of use: any CheckedUse, _ way: Way) throws -> [[Float]]
  /// Returns the kernels and the warnings since the last call.
  func takeNotes() -> DeviceNotes
}

/// A way to compute operations.
package enum Way: Sendable, Hashable {
  /// As for users: a wrong kernel is replaced, with a warning.
  case usual
  /// With the kernels that users have at first, even if they are wrong.
  case untried
  /// As ``untried``, with products by the method of this name.
  case method(String)

  /// The method's name.
  var method: String? { if case .method(let name) = self { name } else { nil } }
}

/// A way to compute a product, and its line in the report.
package struct ProductWay: Sendable {
  let line: String
  let way: Way
  /// The precision of the factors.
  let precision: Precision
}

/// The limits of a device's driver.
package struct DeviceLimits: Sendable {
  /// The version of OpenCL C.
  package let language: String
  /// The bytes of local memory of a work-group.
  package let localMemory: Int
  /// The maximum number of work-items of a work-group.
  package let largestGroup: Int
}

/// The kernels and warnings of a device.
package struct DeviceNotes: Sendable {
  /// The kernels that were used, by the names of their files.
  var kernels: Set<String> = []
  /// The warnings of the backend.
  var warnings: [String] = []
}
