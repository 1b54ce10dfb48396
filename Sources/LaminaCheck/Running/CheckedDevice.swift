package import Lamina

/// A device with the backends that a check uses on it.
package protocol CheckedDevice: AnyObject {
  /// What is known of it.
  var description: DeviceDescription { get }
  /// What else its driver tells; nil where there is no driver.
  var limits: DeviceLimits? { get }
  /// Seconds in compilers so far.
  var compileSeconds: Double { get }
  /// Every way to compute a product here.
  func ways(to compute: ProductUse) -> [ProductWay]
  /// Runs a use of operations.
  func results(of use: any CheckedUse, _ way: Way) throws -> [[Float]]
  /// What was used and said since the last call.
  func takeNotes() -> DeviceNotes
}

/// How operations are computed.
package enum Way: Sendable, Hashable {
  /// As for users: what is found to be wrong gives way to something else, with a warning.
  case usual
  /// By what a user would have, right or wrong.
  case untried
  /// The same, with products by the method of this name.
  case method(String)

  /// The method's name.
  var method: String? { if case .method(let name) = self { name } else { nil } }
}

/// A way to compute a product, and the line of the report that it belongs to.
package struct ProductWay: Sendable {
  let line: String
  let way: Way
}

/// The limits of a device's driver.
package struct DeviceLimits: Sendable {
  /// The version of OpenCL C.
  package let language: String
  /// Bytes of local memory of a group.
  package let localMemory: Int
  /// The largest number of work-items of a group.
  package let largestGroup: Int
}

/// What a device did.
package struct DeviceNotes: Sendable {
  /// The kernels that it used, by the names of their files.
  var kernels: Set<String> = []
  /// What its backend warned of.
  var warnings: [String] = []
}
