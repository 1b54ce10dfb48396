import Lamina
package import LaminaDevices

/// The measured peak rates of a device.
package struct Peaks {
  /// The floating-point operations per second of the fastest large product.
  package var operationsPerSecond = 0.0
  /// The bytes per second of the fastest operation on vectors too large for caches.
  package var bytesPerSecond = 0.0

  /// A short plan, which is enough because only the fastest sample counts.
  package static let plan = SamplingPlan(samples: 5, sampleSeconds: 0.05, warmUpSeconds: 0.1)

  /// The time limit of a run, in seconds. Slow devices skip larger products.
  private static let longestRun = 0.25

  /// Measures a device.
  ///
  /// - Parameter report: Receives each result.
  package static func measure(
    _ device: OpenDevice, _ plan: SamplingPlan = Self.plan, report: (Measurement) -> Void = { _ in }
  ) throws -> Peaks {
    let session = MeasurementSession(devices: [device], peaks: [nil], plan: plan)
    var peaks = Peaks()
    for benchmark in MatmulBenchmark.peaks {
      let expected = Double(benchmark.work.operations) / peaks.operationsPerSecond
      if peaks.operationsPerSecond > 0, expected > longestRun { break }
      for result in try session.measure(benchmark) {
        let rate = Double(result.work.operations) / result.statistics.minimum
        peaks.operationsPerSecond = max(peaks.operationsPerSecond, rate)
        report(result)
      }
    }
    for benchmark in copyBenchmarks {
      for result in try session.measure(benchmark) {
        let rate = Double(result.work.bytes) / result.statistics.minimum
        peaks.bytesPerSecond = max(peaks.bytesPerSecond, rate)
        report(result)
      }
    }
    return peaks
  }

  /// Measures all devices.
  ///
  /// Devices that are the processor share its best figures, so that a slow driver is not compared
  /// only with its own peak.
  package static func measure(_ devices: [OpenDevice]) throws -> [Peaks] {
    let measured = try devices.map { try measure($0) }
    let processor = zip(devices, measured).filter { $0.0.isProcessor }.map(\.1)
    let best = Peaks(
      operationsPerSecond: processor.map(\.operationsPerSecond).max() ?? 0,
      bytesPerSecond: processor.map(\.bytesPerSecond).max() ?? 0)
    return zip(devices, measured).map { $0.isProcessor ? best : $1 }
  }

  /// Benchmarks with vectors of 128 MiB, larger than the caches of current processors and GPUs.
  private static var copyBenchmarks: [any Benchmark] {
    let rows = 1 << 15
    let columns = 1 << 10
    return [
      FloatGatherBenchmark(rows: rows, columns: columns),
      UpdateBenchmark(group: .peak, count: rows * columns),
    ]
  }
}
