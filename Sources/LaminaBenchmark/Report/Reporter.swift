import Glibc
import LaminaDevices
import LaminaMeasurement
import LaminaText

/// Shows measurements as they come.
protocol Reporter {
  /// Called once, before any measurement. Peaks are nil where they are not known.
  func begin(_ facts: RunFacts, devices: [OpenDevice], peaks: [Peaks?])
  /// Called with the measurements of a benchmark on all devices.
  func add(_ measurements: [Measurement])
  /// Called by `peak` at its end.
  func add(_ peaks: Peaks, of device: OpenDevice)
}

/// Writes a line of the report, at once: whoever reads may not want to wait for the end.
func writeLine(_ text: String) {
  print(text)
  fflush(nil)
}
