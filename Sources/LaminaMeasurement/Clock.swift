package import Lamina

extension Backend {
  /// The seconds until the device has finished everything that `work` enqueues.
  ///
  /// All benchmarks use this clock, so that none can forget to wait.
  package func seconds(of work: () throws(BackendError) -> Void) throws(BackendError) -> Double {
    try synchronize()
    let start = ContinuousClock.now
    try work()
    try synchronize()
    return start.secondsToNow
  }

  /// The seconds of `count` runs of a workload, with one wait at the end.
  package func seconds(of workload: Workload, count: Int) throws(BackendError) -> Double {
    // Some drivers buffer commands until the queue is flushed. Training flushes regularly without
    // waiting, and so does this.
    let interval = max(1, count / 16)
    return try seconds { () throws(BackendError) in
      for number in 1...count {
        try workload.enqueue()
        if number % interval == 0 { _ = try mark() }
      }
    }
  }
}

extension ContinuousClock.Instant {
  /// The seconds from this moment to now.
  package var secondsToNow: Double { (ContinuousClock.now - self) / .seconds(1) }
}
