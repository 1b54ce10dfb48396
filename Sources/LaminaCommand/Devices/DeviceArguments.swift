import ArgumentParser
import Lamina
import LaminaCPU
import LaminaConfiguration

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

  /// Finds the device.
  func select() throws -> DeviceSelection {
    try check()
    return try DeviceSelection(
      device, threads: processor.threads?.count, timeout: waiting.seconds)
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
    guard let count = Int(text), (1...CPUBackend.mostThreads).contains(count) else {
      throw TextError("give a whole number from 1 to \(CPUBackend.mostThreads)")
    }
    self.count = count
  }

  var description: String { "\(count)" }
}
