import FoundationEssentials
package import Lamina
import LaminaCPU

#if OpenCL
  import LaminaOpenCL
#endif

/// A device that is ready for work.
package struct OpenDevice {
  package let backend: any Backend
  /// Whether it is the CPU backend.
  package let isCPUBackend: Bool
  /// Whether it is the machine's processor, whichever way it is reached.
  package let isProcessor: Bool
  /// Seconds to find and open it.
  package let openingSeconds: Double
  /// The part of ``openingSeconds`` that went into compilers.
  package let buildSeconds: Double

  package var description: DeviceDescription { backend.device }

  /// What it tells of its work so far.
  package var report: DeviceReport { backend.report }

  /// A hash of the plan that decides how products are computed; nil where there is none.
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

  /// Whether this process has lost an OpenCL device. Its driver may crash in whatever it does next,
  /// at the process's end too: that has to be by `_exit`.
  package static var areAnyLost: Bool {
    #if OpenCL
      LostDevices.shared.areAny
    #else
      false
    #endif
  }

  /// Opens the devices with the given selectors, in that order. `all` stands for the CPU and every
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
    switch selection {
    case .cpu:
      let cpu = try CPUBackend(threads: options.threads, warn: options.warnOnce)
      cpu.profile = options.profile
      (backend, isCPUBackend, isProcessor) = (cpu, true, true)
    #if OpenCL
      case .openCL(let device):
        var settings = OpenCLOptions.userDefaults(warn: options.warnOnce)
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
