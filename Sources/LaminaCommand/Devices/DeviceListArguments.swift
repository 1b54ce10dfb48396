import ArgumentParser
import LaminaDevices

/// The devices of a command that compares some.
struct DeviceListArguments: ParsableArguments {
  @Option(
    "The devices, separated by commas; the others are compared with the first.", value: "devices")
  var devices = "cpu,opencl"

  @OptionGroup var processor: ThreadArguments

  @OptionGroup var waiting: DeviceTimeoutArguments

  @OptionGroup var products: PrecisionArguments

  /// Finds the devices. Options that have no effect on them are refused.
  func select() throws -> [ChosenDevice] {
    let selectors = devices.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    try processor.check(areFor: selectors, option: "--devices")
    try waiting.check(areFor: selectors, option: "--devices")
    return try selectors.map {
      try ChosenDevice(
        DeviceSelection($0), processor, waiting, precision: products.precision)
    }
  }
}
