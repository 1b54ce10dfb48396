package import Lamina
package import LaminaDevices

/// A benchmark that is prepared on a device and takes samples.
package struct Subject {
  /// The device that runs it.
  package let device: OpenDevice
  /// The seconds to allocate and fill the operands and to prepare the operations.
  package let preparationSeconds: Double
  /// The seconds of the first run, in which some drivers still compile.
  package let firstRunSeconds: Double
  /// The number of runs in a sample.
  package private(set) var runsPerSample = 1
  /// The seconds per run of each sample.
  package private(set) var samples: [Double] = []

  /// The number of commands that a run enqueues; nil on a backend without a queue.
  package var launches: Int? { workload.launches }

  /// The number of examples that the device takes at once, where it is the device's choice.
  package var rows: Int? { workload.rows }
  /// The mean loss of the second step of a training; nil for other work.
  package let firstLoss: Double?

  private let workload: Workload

  /// Prepares a benchmark and runs it once.
  package init(_ benchmark: any Benchmark, on device: OpenDevice) throws(BackendError) {
    self.device = device
    let start = ContinuousClock.now
    workload = try benchmark.prepare(on: device.backend)
    try device.backend.synchronize()
    preparationSeconds = start.secondsToNow
    firstRunSeconds = try device.backend.seconds(of: workload, count: 1)
    firstLoss = try workload.loss?()
  }

  /// Warms up, and determines the number of runs in a sample.
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

  /// Takes a sample.
  package mutating func takeSample() throws(BackendError) {
    // Another device may have used the machine. These runs wake threads and fill caches, untimed.
    _ = try device.backend.seconds(of: workload, count: max(1, runsPerSample / 20))
    let seconds = try device.backend.seconds(of: workload, count: runsPerSample)
    samples.append(seconds / Double(runsPerSample))
  }

  /// The mean loss of another step of a training; nil for other work.
  package func loss() throws(BackendError) -> Double? { try workload.loss?() }

  /// Throws if the measured work went wrong.
  package func verify() throws { try workload.verify() }
}
