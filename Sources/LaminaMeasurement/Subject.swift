package import Lamina
package import LaminaDevices

/// A benchmark on a device: made ready and warmed up, it gives samples.
package struct Subject {
  /// Where it runs.
  package let device: OpenDevice
  /// Seconds to allocate and fill the operands and to record the operations.
  package let preparationSeconds: Double
  /// Seconds of the first run, in which some drivers still compile.
  package let firstRunSeconds: Double
  /// Runs in a sample.
  package private(set) var runsPerSample = 1
  /// Seconds of one run, from each sample.
  package private(set) var samples: [Double] = []

  /// The commands that a run gives to a queue; nil where there is none.
  package var launches: Int? { workload.launches }

  private let workload: Workload

  /// Prepares a benchmark and runs it once.
  package init(_ benchmark: any Benchmark, on device: OpenDevice) throws(BackendError) {
    self.device = device
    let start = ContinuousClock.now
    workload = try benchmark.prepare(on: device.backend)
    try device.backend.synchronize()
    preparationSeconds = start.secondsToNow
    firstRunSeconds = try device.backend.seconds(of: workload, count: 1)
  }

  /// Runs for a while, and learns how many runs make a sample.
  package mutating func warmUp(_ plan: SamplingPlan) throws(BackendError) {
    var elapsed = 0.0
    var count = 1
    var secondsPerRun = firstRunSeconds
    while elapsed < plan.warmUpSeconds {
      let seconds = try device.backend.seconds(of: workload, count: count)
      elapsed += seconds
      secondsPerRun = seconds / Double(count)
      if seconds < plan.warmUpSeconds / 8 { count *= 2 }
    }
    runsPerSample = plan.runsPerSample(secondsPerRun: secondsPerRun)
  }

  /// Adds a sample.
  package mutating func takeSample() throws(BackendError) {
    // Another device may have had the machine since: wakes threads and fills caches, unmeasured.
    _ = try device.backend.seconds(of: workload, count: max(1, runsPerSample / 20))
    let seconds = try device.backend.seconds(of: workload, count: runsPerSample)
    samples.append(seconds / Double(runsPerSample))
  }

  /// Refuses a measurement of work that went wrong.
  package func verify() throws { try workload.verify() }
}
