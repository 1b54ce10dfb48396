package import Lamina
package import LaminaDevices

/// The result of a benchmark on a device.
package struct Measurement {
  package let label: Label
  package let work: BenchmarkWork
  package let device: OpenDevice
  /// The measured error of the products; nil if the work has none.
  package let productError: ProductError?
  /// The seconds per run of each sample.
  package let samples: [Double]
  package let statistics: Statistics
  package let runsPerSample: Int
  package let preparationSeconds: Double
  package let firstRunSeconds: Double
  /// The mean losses of a training's second step and of one after all samples; nil for other work.
  package let losses: (first: Double, last: Double)?
  /// The number of examples that the device takes at once: the batch size, or its own choice.
  package let batchSize: Int?
  /// The peaks of the device; nil if they were not measured.
  package let peaks: Peaks?
  /// The speed relative to the first device; nil if there is only one.
  package var speedRatio: Double?

  package init(
    _ benchmark: any Benchmark, _ subject: Subject, peaks: Peaks?, error: ProductError?
  ) throws(BackendError) {
    label = benchmark.label
    work = benchmark.work
    device = subject.device
    productError = error
    samples = subject.samples
    statistics = Statistics(subject.samples)
    runsPerSample = subject.runsPerSample
    preparationSeconds = subject.preparationSeconds
    firstRunSeconds = subject.firstRunSeconds
    if let first = subject.firstLoss, let last = try subject.loss() {
      losses = (first, last)
    } else {
      losses = nil
    }
    batchSize = subject.rows ?? benchmark.label.network?.batchSize
    self.peaks = peaks
  }

  /// The floating-point operations per second; nil if none are counted.
  package var operationsPerSecond: Double? { rate(work.operations) }
  /// The bytes per second; nil if none are counted.
  package var bytesPerSecond: Double? { rate(work.bytes) }
  /// The examples trained per second; nil if none are.
  package var examplesPerSecond: Double? { rate(work.examples) }

  /// The share of the peak rate of the resource that limits this work.
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
