package import Lamina
import LaminaCPU

#if OpenCL
  package import LaminaOpenCL
#endif

/// A device that a selector names and that can be opened.
package enum DeviceSelection {
  /// The selector of the CPU backend.
  package static let cpuSelector = "cpu"
  /// The selector of the CPU and every OpenCL device, for options that take several devices.
  package static let allSelector = "all"

  case cpu
  #if OpenCL
    case openCL(OpenCLDevice)
  #endif

  /// Finds the device that is named `cpu`, `opencl`, `opencl:1`, or by part of an OpenCL device's
  /// name.
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
        throw .noDevice(wanted: wanted, available: [Self.cpuSelector] + others, searched: searched)
      }
    #else
      throw .noDevice(
        wanted: selector,
        available: ["\(Self.cpuSelector) (this program was built without OpenCL)"])
    #endif
  }

  /// The unique selector of this device, with a number instead of a name.
  package var selector: String {
    switch self {
    case .cpu: Self.cpuSelector #if OpenCL
      case .openCL(let device): device.description.selector
    #endif
    }
  }

  /// Refuses a precision that the device lacks.
  ///
  /// - Throws: `BackendError.unsupportedPrecision`, with those that it has.
  package func check(_ precision: Precision) throws(BackendError) {
    switch self {
    case .cpu: try CPUBackend.check(precision)
    #if OpenCL
      case .openCL(let device): try device.check(precision)
    #endif
    }
  }

  /// Opens the device.
  package func open(_ options: DeviceOptions) throws(BackendError) -> OpenDevice {
    try OpenDevice(self, options, since: .now)
  }
}

extension DeviceSelection {
  /// The CPU backend with default options. The notes of the description have its warnings.
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

  /// A report on the search for OpenCL drivers; nil if the program was built without OpenCL.
  package static var driverReport: String? {
    #if OpenCL
      OpenCLDevice.driverReport
    #else
      nil
    #endif
  }
}
