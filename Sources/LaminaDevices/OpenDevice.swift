import FoundationEssentials
package import Lamina
import LaminaCPU

#if OpenCL
  import LaminaOpenCL
#endif

/// A device that is open.
package struct OpenDevice {
  package let backend: any Backend
  /// Whether it is the CPU backend.
  package let isCPUBackend: Bool
  /// Whether it is the machine's processor, through the CPU backend or through OpenCL.
  package let isProcessor: Bool
  /// The seconds to find and open it.
  package let openingSeconds: Double
  /// The part of ``openingSeconds`` that compilers took.
  package let buildSeconds: Double

  package var description: DeviceDescription { backend.device }

  /// The report on its work so far.
  package var report: DeviceReport { backend.report }

  /// A hash of the plan that selects the methods of matrix products; nil if there is none.
  package var planHash: String? {
    #if OpenCL
      guard let plan = report.plan, let bytes = try? Data(contentsOf: URL(filePath: plan.file))
      else { return nil }
      var fingerprint = Fingerprint()
      fingerprint.add(bytes)
      return fingerprint.text
    #else
      return nil
    #endif
  }

  /// Whether this process has lost an OpenCL device.
  ///
  /// The driver may crash in any later call, even at the end of the process. So the process has to
  /// end with `_exit`.
  package static var areAnyLost: Bool {
    #if OpenCL
      LostDevices.shared.areAny
    #else
      false
    #endif
  }

  /// Opens the devices with the given selectors, in that order. `all` names the CPU and every
  /// OpenCL device.
  package static func open(
    _ selectors: [String], _ options: DeviceOptions
  ) throws(BackendError) -> [OpenDevice] {
    var devices: [OpenDevice] = []
    for selector in selectors {
      for single in try single(selector) {
        let start = ContinuousClock.now
        devices.append(try OpenDevice(DeviceSelection(single), options, since: start))
      }
    }
    return devices
  }

  private static func single(_ selector: String) throws(BackendError) -> [String] {
    guard selector == DeviceSelection.allSelector else { return [selector] }
    return [DeviceSelection.cpuSelector] + (try DeviceSelection.openCLDevices()).map(\.selector)
  }

  init(
    _ selection: DeviceSelection, _ options: DeviceOptions, since start: ContinuousClock.Instant
  ) throws(BackendError) {
    try selection.check(options.precision)
    switch selection {
    case .cpu:
      let cpu = try CPUBackend(
        threads: options.threads, precision: options.precision, warn: options.warnOnce)
      cpu.profile = options.profile
      (backend, isCPUBackend, isProcessor) = (cpu, true, true)
    #if OpenCL
      case .openCL(let device):
        var settings = OpenCLOptions.userDefaults(warn: options.warnOnce)
        settings.precision = options.precision
        settings.deviceTimeout = options.timeout
        settings.profile = options.profile
        backend = try OpenCLBackend(device, options: settings)
        (isCPUBackend, isProcessor) = (false, device.isCPU)
    #endif
    }
    openingSeconds = (ContinuousClock.now - start) / .seconds(1)
    buildSeconds = backend.report.buildSeconds
  }
}
