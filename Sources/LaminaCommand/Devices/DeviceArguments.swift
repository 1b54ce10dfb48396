import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaDevices

/// The device of a command.
struct DeviceArguments: ParsableArguments {
  @Option(
    "The device: cpu, opencl, opencl:INDEX, or part of an OpenCL device's name.", value: "device")
  var device = DeviceSelection.cpuSelector

  @OptionGroup var processor: ThreadArguments

  @OptionGroup var waiting: DeviceTimeoutArguments

  @OptionGroup var products: PrecisionArguments

  /// Refuses options that contradict each other, before anything is read.
  func check() throws {
    try processor.check(areFor: [device], option: "--device")
    try waiting.check(areFor: [device], option: "--device")
  }

  /// Opens the CPU and an OpenCL device: the one that `device` names, or the first one, if any. Those
  /// that lack the precision are left out, but for the one that `device` names.
  func explained() throws -> [OpenDevice] {
    var selectors = [DeviceSelection.cpuSelector]
    if device != DeviceSelection.cpuSelector {
      selectors.append(device)
    } else if let first = try DeviceSelection.openCLDevices().first {
      selectors.append(first.selector)
    }
    let precision = products.precision
    selectors = selectors.filter { selector in
      selector == device || (try? DeviceSelection(selector).check(precision)) != nil
    }
    return try OpenDevice.open(
      selectors,
      DeviceOptions(
        precision: precision, threads: processor.threads?.count, timeout: waiting.seconds,
        warn: Notice.warn))
  }

  /// Finds the device.
  func select() throws -> ChosenDevice {
    try check()
    return try ChosenDevice(
      DeviceSelection(device), processor, waiting, precision: products.precision)
  }
}

/// A device that a command has found, with the options for opening it.
struct ChosenDevice {
  let selection: DeviceSelection
  let processor: ThreadArguments
  let waiting: DeviceTimeoutArguments
  let precision: Precision

  /// Refuses a precision that the device lacks.
  init(
    _ selection: DeviceSelection, _ processor: ThreadArguments, _ waiting: DeviceTimeoutArguments,
    precision: Precision
  ) throws(BackendError) {
    try selection.check(precision)
    self.selection = selection
    self.processor = processor
    self.waiting = waiting
    self.precision = precision
  }

  /// Opens the device. Its warnings go to the standard error.
  ///
  /// - Parameter profile: Collects the times of all kernels and products; nil measures nothing.
  func open(profile: Profile? = nil) throws(BackendError) -> OpenDevice {
    try selection.open(
      DeviceOptions(
        precision: precision, threads: processor.threads?.count, timeout: waiting.seconds,
        profile: profile, warn: Notice.warn))
  }
}

/// The number of threads of the CPU backend.
struct ThreadArguments: ParsableArguments {
  @Option(
    """
    The maximum number of threads of the CPU backend. (default: as many as the process may use)
    """, value: "count", parsing: .unconditional) var threads: ThreadCount?

  /// Refuses `--threads` if no device is the CPU backend.
  ///
  /// - Parameter option: The option that names the devices.
  func check(areFor selectors: [String], option: String) throws {
    guard threads != nil, !selectors.contains(DeviceSelection.cpuSelector) else { return }
    throw InputError(
      "--threads is for the CPU backend, and \(option) \(selectors.joined(separator: ",")) does not "
        + "name it; an OpenCL device's driver chooses its own threads")
  }
}

/// A number of threads, as the command line writes it.
struct ThreadCount: OptionValue, CustomStringConvertible {
  let count: Int

  init(parsing text: String) throws {
    guard let count = Int(text), (1...DeviceOptions.mostThreads).contains(count) else {
      throw TextError("give a whole number from 1 to \(DeviceOptions.mostThreads)")
    }
    self.count = count
  }

  var description: String { "\(count)" }
}
