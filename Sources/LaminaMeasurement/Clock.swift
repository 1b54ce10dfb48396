package import Lamina

extension Backend {
  /// Seconds until the device has run all that `work` enqueues: the only clock of the benchmarks,
  /// so that none can forget to wait.
  package func seconds(of work: () throws(BackendError) -> Void) throws(BackendError) -> Double {
    try synchronize()
    let start = ContinuousClock.now
    try work()
    try synchronize()
    return start.secondsToNow
  }

  /// Seconds of `count` runs of a workload, with one wait at their end.
  package func seconds(of workload: Workload, count: Int) throws(BackendError) -> Double {
    // Some drivers leave commands in a buffer until they are told to start. Training tells them
    // now and then, without waiting, and so does this.
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
  /// Seconds from this moment to now.
  package var secondsToNow: Double { (ContinuousClock.now - self) / .seconds(1) }
}
