import Glibc
import LaminaDevices
import LaminaMeasurement
import LaminaText

/// Prints measurements as they arrive.
protocol Reporter {
  /// Called once, before any measurement. Unknown peaks are nil.
  func begin(_ facts: RunFacts, devices: [OpenDevice], peaks: [Peaks?])
  /// Called with the measurements of a benchmark on all devices.
  func add(_ measurements: [Measurement])
  /// Called by the subcommand `peak` at its end.
  func add(_ peaks: Peaks, of device: OpenDevice)
}

/// Writes a line of the report at once, without waiting for a full buffer.
func writeLine(_ text: String) {
  print(text)
  fflush(nil)
}
