import Lamina
package import LaminaDevices

/// What a device can do at best, as measured.
package struct Peaks {
  /// Floating-point operations a second of its fastest large product.
  package var operationsPerSecond = 0.0
  /// Bytes a second of its fastest copy between vectors too large for caches.
  package var bytesPerSecond = 0.0

  /// Enough to know a peak, of which the fastest sample counts.
  package static let plan = SamplingPlan(samples: 5, sampleSeconds: 0.05, warmUpSeconds: 0.1)

  /// No single run takes longer than this: a slow device does not get the largest products.
  private static let longestRun = 0.25

  /// Measures a device.
  ///
  /// - Parameter report: Gets each result.
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

  /// Measures all devices. Those that are the processor share its best figures, so that a driver
  /// that makes little of the processor is not compared with itself.
  package static func measure(_ devices: [OpenDevice]) throws -> [Peaks] {
    let measured = try devices.map { try measure($0) }
    let processor = zip(devices, measured).filter { $0.0.isProcessor }.map(\.1)
    let best = Peaks(
      operationsPerSecond: processor.map(\.operationsPerSecond).max() ?? 0,
      bytesPerSecond: processor.map(\.bytesPerSecond).max() ?? 0)
    return zip(devices, measured).map { $0.isProcessor ? best : $1 }
  }

  /// Vectors of 128 MiB, beyond the caches of present processors and GPUs.
  private static var copyBenchmarks: [any Benchmark] {
    let rows = 1 << 15
    let columns = 1 << 10
    return [
      FloatGatherBenchmark(rows: rows, columns: columns),
      UpdateBenchmark(group: .peak, count: rows * columns),
    ]
  }
}
