import Lamina
import LaminaText

extension DeviceDescription {
  /// The description for logs and `lamina devices --json`.
  var json: JSON {
    JSON([
      "selector": selector, "type": kind.rawValue, "name": name, "platform": platform,
      "vendor": vendor, "driver": driver, "opencl_version": openCLVersion,
      "compute_units": computeUnits, "threads": threads, "memory_bytes": memory,
      "libraries": JSON.object(
        libraries.sorted { $0.key < $1.key }.map { (name: $0.key, value: .string($0.value)) }),
      "notes": notes,
    ])
  }
}
