package import Lamina
import LaminaCPU

#if OpenCL
  package import LaminaOpenCL
#endif

/// A device that was found and can be opened: the one that a selector names, never another.
package enum DeviceSelection {
  /// The selector of the CPU backend.
  package static let cpuSelector = "cpu"
  /// The selector of the CPU and of every OpenCL device, where several devices can be named.
  package static let allSelector = "all"

  case cpu
  #if OpenCL
    case openCL(OpenCLDevice)
  #endif

  /// Finds the device called `cpu`, `opencl`, `opencl:1` or by a part of an OpenCL device's name.
  package init(_ selector: String) throws(BackendError) {
    if selector == Self.cpuSelector {
      self = .cpu
      return
    }
    #if OpenCL
      do throws(BackendError) {
        self = .openCL(try OpenCLDevice.select(selector))
      } catch .noDevice(let wanted, let available, let searched) {
        let others = available.filter { $0 != Self.cpuSelector }
        throw .noDevice(
          wanted: wanted, available: [Self.cpuSelector] + others, searched: searched)
      }
    #else
      throw .noDevice(
        wanted: selector,
        available: ["\(Self.cpuSelector) (this program was built without OpenCL)"])
    #endif
  }

  /// The selector that names this device and no other: a number in the place of a name.
  package var selector: String {
    switch self {
    case .cpu: Self.cpuSelector
    #if OpenCL
      case .openCL(let device): device.description.selector
    #endif
    }
  }

  /// Makes the device ready for work.
  package func open(_ options: DeviceOptions) throws(BackendError) -> OpenDevice {
    try OpenDevice(self, options, since: .now)
  }
}

extension DeviceSelection {
  /// The CPU backend as it is by default; its notes have what it would warn of.
  package static func processor() throws(BackendError) -> DeviceDescription {
    try CPUBackend(warn: { _ in }).device
  }

  /// All OpenCL devices of this machine.
  package static func openCLDevices() throws(BackendError) -> [DeviceDescription] {
    #if OpenCL
      try OpenCLDevice.all().map(\.description)
    #else
      []
    #endif
  }

  /// What was looked for to find OpenCL devices; nil where the program was built without.
  package static var driverReport: String? {
    #if OpenCL
      OpenCLDevice.driverReport
    #else
      nil
    #endif
  }
}
