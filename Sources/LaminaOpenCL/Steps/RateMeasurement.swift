import Lamina

/// Measures ``DeviceRates`` by launches of `device_rate.cl`.
struct RateMeasurement {
  private let backend: OpenCLBackend
  private let groups: StepGroups
  private let counters, values: DeviceBuffer

  /// Vectors that the groups read: the weights of a small network, 256 KiB.
  private static let vectors = 1 << 14

  init(_ backend: OpenCLBackend, _ groups: StepGroups) throws(BackendError) {
    self.backend = backend
    self.groups = groups
    counters = try backend.makeBuffer(byteCount: 2 * 64)
    values = try backend.makeBuffer(
      byteCount: (Self.vectors + groups.count * groups.size) * 16)
  }

  func rates() throws(BackendError) -> DeviceRates {
    let items = Double(groups.size)
    return DeviceRates(
      launch: try seconds(ofLaunches: 64), wait: try seconds(ofRound: "WAITS", 500),
      groupBytes: items * 8 * 16 / (try seconds(ofRound: "READS", 500)),
      // A multiplication with its addition counts as two, as in the work of products.
      groupOperations: items * 64 / (try seconds(ofRound: "MULTIPLICATIONS", 5000)))
  }

  /// The seconds of a launch among `count` that follow each other.
  private func seconds(ofLaunches count: Int) throws(BackendError) -> Double {
    let launch = try launch("WAITS", rounds: 0)
    return try best { () throws(BackendError) in
      for _ in 0..<count { try launch.enqueue() }
    } / Double(count)
  }

  /// The seconds of a round: what a launch of many takes longer than one of few.
  private func seconds(ofRound work: String, _ rounds: Int) throws(BackendError) -> Double {
    let (few, many) = (try launch(work, rounds: rounds), try launch(work, rounds: 3 * rounds))
    let short = try best { () throws(BackendError) in try few.enqueue() }
    let long = try best { () throws(BackendError) in try many.enqueue() }
    // A clock too coarse for the difference tells that a round is short.
    return max(long - short, 1e-7) / Double(2 * rounds)
  }

  private func launch(_ work: String, rounds: Int) throws(BackendError) -> Launch {
    let kernel = try backend.kernels.kernel(
      KernelFile.deviceRate.kernelName, in: KernelFile.deviceRate.path,
      files: [.stepGroup, .tasks, .deviceRate],
      macros: groups.macros(width: 4) + ["VECTORS=\(Self.vectors)", work],
      language: groups.language)
    return try Launch(
      backend.queue, kernel,
      [
        .word(UInt32(rounds)), .buffer(counters),
        .memory(
          values, offset: 0, byteCount: values.byteCount, .fours),
      ],
      work: WorkSize(
        global: (groups.count * groups.size, 1), local: (groups.size, 1)))
  }

  /// The least seconds of some repetitions, the first of which may still compile.
  private func best(_ work: () throws(BackendError) -> Void) throws(BackendError) -> Double {
    var least = Double.infinity
    for _ in 0..<4 {
      let start = ContinuousClock.now
      try work()
      try backend.queue.finish()
      least = min(least, (ContinuousClock.now - start) / .seconds(1))
    }
    return least
  }
}
