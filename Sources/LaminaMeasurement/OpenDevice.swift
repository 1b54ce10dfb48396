import FoundationEssentials
package import Lamina
import LaminaCPU

#if OpenCL
  import LaminaOpenCL
#endif

/// A device that is ready for work.
package struct OpenDevice {
  package let backend: any Backend
  /// Whether it is the machine's processor, whichever way it is reached.
  package let isProcessor: Bool
  /// Seconds to open it.
  package let openingSeconds: Double
  /// The part of ``openingSeconds`` that went into compilers.
  package let buildSeconds: Double

  package var description: DeviceDescription { backend.device }

  #if OpenCL
    /// Whether the first use of an operation may have to wait for a compiler.
    package var compiles: Bool { backend is OpenCLBackend }
    /// Seconds in compilers since it was opened.
    package var buildSecondsSoFar: Double { (backend as? OpenCLBackend)?.buildSeconds ?? 0 }
    /// A hash of the plan that decides how products are computed; nil where there is none.
    package var planHash: String? {
      guard let plan = (backend as? OpenCLBackend)?.planUse,
        let bytes = try? Data(contentsOf: URL(filePath: plan.file))
      else { return nil }
      var fingerprint = Fingerprint()
      fingerprint.add(bytes)
      return fingerprint.text
    }
  #else
    package var compiles: Bool { false }
    package var buildSecondsSoFar: Double { 0 }
    package var planHash: String? { nil }
  #endif

  /// Opens the devices with the given selectors, in that order. `all` stands for the CPU and every
  /// OpenCL device.
  ///
  /// - Parameters:
  ///   - threads: How many the CPU backend uses; as many as it finds useful when nil.
  ///   - timeout: Seconds that a wait for an OpenCL device may take; nil for as long as it takes.
  package static func open(
    _ selectors: [String], threads: Int?, timeout: Double? = 60
  ) throws(BackendError) -> [OpenDevice] {
    var devices: [OpenDevice] = []
    for selector in selectors {
      for single in selector == "all" ? try everySelector() : [selector] {
        devices.append(
          single == "cpu" ? try openCPU(threads: threads) : try openOpenCL(single, timeout))
      }
    }
    return devices
  }

  private static func openCPU(threads: Int?) throws(BackendError) -> OpenDevice {
    let start = ContinuousClock.now
    let backend = try CPUBackend(threads: threads)
    return OpenDevice(
      backend: backend, isProcessor: true, openingSeconds: start.secondsToNow, buildSeconds: 0)
  }

  #if OpenCL
    private static func everySelector() throws(BackendError) -> [String] {
      ["cpu"] + (try OpenCLDevice.all()).map(\.description.selector)
    }

    private static func openOpenCL(
      _ selector: String, _ timeout: Double?
    ) throws(BackendError) -> OpenDevice {
      let start = ContinuousClock.now
      let device = try find(selector)
      var options = OpenCLOptions.userDefaults()
      options.deviceTimeout = timeout
      let backend = try OpenCLBackend(device, options: options)
      return OpenDevice(
        backend: backend, isProcessor: device.isCPU, openingSeconds: start.secondsToNow,
        buildSeconds: backend.buildSeconds)
    }

    private static func find(_ selector: String) throws(BackendError) -> OpenCLDevice {
      do throws(BackendError) {
        return try OpenCLDevice.select(selector)
      } catch .noDevice(let wanted, let available, let searched) {
        throw .noDevice(wanted: wanted, available: ["cpu"] + available, searched: searched)
      }
    }
  #else
    private static func everySelector() throws(BackendError) -> [String] { ["cpu"] }

    private static func openOpenCL(
      _ selector: String, _ timeout: Double?
    ) throws(BackendError) -> OpenDevice {
      throw .noDevice(
        wanted: selector, available: ["cpu (this program was built without OpenCL)"])
    }
  #endif
}
