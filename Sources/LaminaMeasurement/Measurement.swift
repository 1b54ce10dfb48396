import Lamina
package import LaminaDevices

/// What a benchmark gave on a device.
package struct Measurement {
  package let label: Label
  package let work: BenchmarkWork
  package let device: OpenDevice
  /// Seconds of one run, from each sample.
  package let samples: [Double]
  package let statistics: Statistics
  package let runsPerSample: Int
  package let preparationSeconds: Double
  package let firstRunSeconds: Double
  /// What the device can do, where that was measured.
  package let peaks: Peaks?
  /// How many times as fast as on the first device, where there are several.
  package var speedRatio: Double?

  package init(_ benchmark: any Benchmark, _ subject: Subject, peaks: Peaks?) {
    label = benchmark.label
    work = benchmark.work
    device = subject.device
    samples = subject.samples
    statistics = Statistics(subject.samples)
    runsPerSample = subject.runsPerSample
    preparationSeconds = subject.preparationSeconds
    firstRunSeconds = subject.firstRunSeconds
    self.peaks = peaks
  }

  /// Floating-point operations a second; nil where none are counted.
  package var operationsPerSecond: Double? { rate(work.operations) }
  /// Bytes a second.
  package var bytesPerSecond: Double? { rate(work.bytes) }
  /// Examples trained a second; nil where none are.
  package var examplesPerSecond: Double? { rate(work.examples) }

  /// The share of what the device can do of that which limits this work.
  package var shareOfPeak: Double? {
    guard let peaks else { return nil }
    return switch work.limit {
    case .arithmetic: operationsPerSecond.map { $0 / peaks.operationsPerSecond }
    case .memory: bytesPerSecond.map { $0 / peaks.bytesPerSecond }
    }
  }

  private func rate(_ count: Int) -> Double? {
    count == 0 ? nil : Double(count) / max(statistics.median, 1e-12)
  }
}
