import Logging
import Testing

@testable import LaminaJobs

@Suite("Running jobs") struct JobRunnerTests {
  private let cases = (1...4).map {
    JobCase(sizes: [4, 2], batchSize: 1, data: "digits", device: "cpu", repetition: $0)
  }

  private func runner(
    stopAfter: Int = .max, execute: @escaping (JobCase) -> Record,
    keep: @escaping (Record) throws -> Void = { _ in }
  ) -> JobRunner {
    var kept = 0
    return JobRunner(
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, execute: execute,
      keep: {
        try keep($0)
        kept += 1
      }, shouldStop: { kept >= stopAfter })
  }

  @Test("A failing case is recorded, and the rest goes on")
  func failure() throws {
    let summary = try runner { job in
      job.record(failed: job.repetition == 2 ? "it burnt" : nil)
    }.run(cases)
    #expect(summary.records.map(\.status) == [.ok, .failed, .ok, .ok])
    #expect(summary.failed.map(\.reason) == ["it burnt"])
  }

  @Test("Finished cases are skipped by their keys")
  func resume() throws {
    let summary = try runner { $0.record() }.run(cases, finished: [cases[0].key, cases[2].key])
    #expect(summary.skipped == 2)
    #expect(summary.records.map(\.key) == [cases[1].key, cases[3].key])
  }

  @Test("When asked to stop, the record at hand is kept and no other case begins")
  func interrupted() throws {
    let summary = try runner(stopAfter: 2) { $0.record() }.run(cases)
    #expect(summary.records.count == 2 && summary.wasInterrupted)
  }

  @Test("A record that cannot be kept ends the job")
  func cannotKeep() {
    #expect(throws: JobError.self) {
      try runner(execute: { $0.record() }, keep: { _ in throw JobError(.failure, "full") })
        .run(cases)
    }
  }

  @Test("The peak of a device is measured once")
  func peak() throws {
    var peaks: [Double?] = []
    _ = try runner { job in
      peaks.append(job.peak)
      var record = Record.example()
      record.rates?.peakGigaflopsPerSecond = 5
      return record
    }.run(cases)
    #expect(peaks == [nil, 5, 5, 5])
  }
}
