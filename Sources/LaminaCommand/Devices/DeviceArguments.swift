import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaDevices

/// The device of a command.
struct DeviceArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "cpu, opencl, opencl:INDEX, or a part of an OpenCL device's name.", valueName: "device"))
  var device = DeviceSelection.cpuSelector

  @OptionGroup var processor: ThreadArguments

  @OptionGroup var waiting: DeviceTimeoutArguments

  /// Refuses what makes no sense together, before anything is read.
  func check() throws {
    try processor.check(areFor: [device], option: "--device")
    try waiting.check(areFor: [device], option: "--device")
  }

  /// Opens the CPU, and the OpenCL device that is named; where none is, the first one there is.
  func explained() throws -> [OpenDevice] {
    var selectors = [DeviceSelection.cpuSelector]
    if device != DeviceSelection.cpuSelector {
      selectors.append(device)
    } else if let first = try DeviceSelection.openCLDevices().first {
      selectors.append(first.selector)
    }
    return try OpenDevice.open(
      selectors,
      DeviceOptions(
        threads: processor.threads?.count, timeout: waiting.seconds, warn: Notice.warn))
  }

  /// Finds the device.
  func select() throws -> ChosenDevice {
    try check()
    return ChosenDevice(selection: try DeviceSelection(device), processor, waiting)
  }
}

/// A device that a command has found, with the options to open it.
struct ChosenDevice {
  private let selection: DeviceSelection
  private let processor: ThreadArguments
  private let waiting: DeviceTimeoutArguments

  init(
    selection: DeviceSelection, _ processor: ThreadArguments, _ waiting: DeviceTimeoutArguments
  ) {
    self.selection = selection
    self.processor = processor
    self.waiting = waiting
  }

  /// Makes the device ready for work; its warnings go to the standard error.
  ///
  /// - Parameter profile: Takes the time of everything; nil measures nothing.
  func open(profile: Profile? = nil) throws(BackendError) -> OpenDevice {
    try selection.open(
      DeviceOptions(
        threads: processor.threads?.count, timeout: waiting.seconds, profile: profile,
        warn: Notice.warn))
  }
}

/// How many threads the CPU backend has.
struct ThreadArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The most threads of the CPU backend, for as many of which work is cut. (default: what the \
      process may use of the processor)
      """, valueName: "count"),
    transform: ThreadCount.init(parsing:))
  var threads: ThreadCount?

  /// Refuses a number of threads where no device is the CPU backend.
  ///
  /// - Parameter option: What names the devices.
  func check(areFor selectors: [String], option: String) throws {
    guard threads != nil, !selectors.contains(DeviceSelection.cpuSelector) else { return }
    throw InputError(
      "--threads is for the CPU backend, and \(option) \(selectors.joined(separator: ",")) does not "
        + "name it; the driver of an OpenCL device decides by itself")
  }
}

/// A number of threads, as the command line has it.
struct ThreadCount: CustomStringConvertible {
  let count: Int

  /// Reads what follows `--threads`.
  init(parsing text: String) throws {
    guard let count = Int(text), (1...DeviceOptions.mostThreads).contains(count) else {
      throw TextError("give a whole number from 1 to \(DeviceOptions.mostThreads)")
    }
    self.count = count
  }

  var description: String { "\(count)" }
}
