import Lamina

/// What a benchmark gave on a device.
struct Measurement {
  let label: Label
  let work: Work
  let device: OpenDevice
  /// Seconds of one run, from each sample.
  let samples: [Double]
  let statistics: Statistics
  let runsPerSample: Int
  let preparationSeconds: Double
  let firstRunSeconds: Double
  /// What the device can do, where that was measured.
  let peaks: Peaks?
  /// How many times as fast as on the first device, where there are several.
  var speedRatio: Double?

  init(_ benchmark: any Benchmark, _ subject: Subject, peaks: Peaks?) {
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
  var operationsPerSecond: Double? { rate(work.operations) }
  /// Bytes a second.
  var bytesPerSecond: Double? { rate(work.bytes) }
  /// Examples trained a second; nil where none are.
  var examplesPerSecond: Double? { rate(work.examples) }

  /// The share of what the device can do of that which limits this work.
  var shareOfPeak: Double? {
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
