import Lamina
import LaminaText

extension DeviceDescription {
  /// The description for logs and `lamina devices --json`.
  var json: JSON {
    .object([
      "selector": .string(selector), "type": .string(kind.rawValue), "name": .string(name),
      "platform": .string(platform), "vendor": .string(vendor), "driver": .string(driver),
      "opencl_version": .optional(openCLVersion), "compute_units": .integer(computeUnits),
      "threads": threads.map { .integer($0) } ?? .null, "memory_bytes": .integer(memory),
      "libraries": .object(
        libraries.sorted { $0.key < $1.key }.map { (name: $0.key, value: .string($0.value)) }),
      "notes": .array(notes.map { .string($0) }),
    ])
  }
}
