import Lamina
import LaminaMeasurement
package import Logging

/// Runs the cases of a job one after the other. A case that fails does not stop the others.
package struct JobRunner {
  /// The outcome of a job.
  package struct Summary {
    package var records: [Record] = []
    package var skipped = 0
    package var wasInterrupted = false
    package var failed: [Record] { records.filter { $0.status == .failed } }
  }

  package let log: Logger
  /// Measures a case. A failure is a record too, so this does not throw.
  package let execute: (JobCase) -> Record
  /// Stores a record.
  package let keep: (Record) throws -> Void
  package let shouldStop: () -> Bool

  package init(
    log: Logger, execute: @escaping (JobCase) -> Record, keep: @escaping (Record) throws -> Void,
    shouldStop: @escaping () -> Bool
  ) {
    self.log = log
    self.execute = execute
    self.keep = keep
    self.shouldStop = shouldStop
  }

  /// Runs the cases that `finished` does not name. Ends after the current case if `shouldStop` is
  /// true.
  package func run(_ cases: [JobCase], finished: Set<String> = []) throws -> Summary {
    var summary = Summary()
    var peaks: [String: Double] = [:]
    for (index, job) in cases.enumerated() {
      if finished.contains(job.key) {
        summary.skipped += 1
        continue
      }
      if shouldStop() {
        summary.wasInterrupted = true
        break
      }
      var job = job
      job.peak = peaks[job.device]
      log.info("case \(index + 1) of \(cases.count): \(job.key)")
      let record = execute(job)
      peaks[job.device] = peaks[job.device] ?? record.rates?.peakGigaflopsPerSecond
      try keep(record)
      summary.records.append(record)
      tell(record)
    }
    if shouldStop() { summary.wasInterrupted = true }
    return summary
  }

  private func tell(_ record: Record) {
    if let rate = record.statistics?.samplesPerSecond, record.status == .ok {
      log.info(
        "\(Int(rate.median)) samples/s (\(Int(rate.interval.lower)) to \(Int(rate.interval.upper)))"
      )
    } else {
      log.error("failed: \(record.reason ?? "for an unknown reason")")
    }
  }

  /// Compares the records with a baseline.
  ///
  /// Cases that seem slower are measured again, at most twice: a machine that was slow for a while
  /// is not a regression.
  package func regressions(
    _ records: [Record], cases: [JobCase], baseline: [Record], tolerance: Double
  ) throws -> [Regression] {
    var records = records
    for round in 1...3 {
      let found = Regression.compare(records, with: baseline, tolerance: tolerance)
      let suspects = Set(found.filter { $0.verdict == .slower }.map(\.caseName))
      if suspects.isEmpty || round == 3 || shouldStop() { return found }
      for job in cases where job.repetition == 1 && suspects.contains(job.name) {
        var again = job
        let last = records.filter { $0.caseName == job.name }.map(\.method.repetition).max() ?? 1
        again.repetition = last + 1
        again.sampling.measuresPeak = false
        log.notice("seems slower than the baseline, measuring again: \(again.key)")
        let record = execute(again)
        try keep(record)
        records.append(record)
        if shouldStop() { break }
      }
    }
    return []
  }
}
