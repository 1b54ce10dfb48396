import Testing

@testable import LaminaJobs

@Suite("Results database") struct ResultsDatabaseTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test("Records are found by network and device, from old to new, and none comes twice")
  func find() throws {
    let path = folder.file("r.sqlite")
    let old = Record.example(date: "2026-01-01T00:00:00Z")
    let new = Record.example(date: "2026-02-01T00:00:00Z")
    let gpu = Record.example(network: [784, 16, 10], device: "opencl:0", deviceName: "Fast GPU")
    let failed = JobCase(sizes: [4, 2], batchSize: 1, data: "digits", device: "cpu")
      .record(failed: "it burnt")
    try ResultsDatabase(path: path).add([new, gpu, failed])
    try ResultsDatabase(path: path).add([old, new])
    let database = try ResultsDatabase(path: path, mustExist: true)
    #expect(try database.records(network: "784-128").map(\.date) == [old.date, new.date])
    #expect(try database.records(device: "fast") == [gpu])
    #expect(try database.records(device: "opencl") == [gpu])
    #expect(try database.records().count == 3)
    #expect(try database.records(network: "' OR 1 --").isEmpty)
  }

  @Test("What is no database, or cannot be written, is refused in a sentence")
  func refusals() throws {
    let text = try folder.write(String(repeating: "no database ", count: 100), to: "text")
    for path in [text, "/nowhere/r.sqlite"] {
      let error = #expect(throws: JobError.self) { try ResultsDatabase(path: path) }
      #expect(error?.description.contains(path) == true)
    }
  }

  @Test("A case shows its course and each of its records")
  func history() throws {
    let records = [(1.0, "01"), (2.0, "02"), (0.5, "03")].map { time, month in
      Record.example(date: "2026-\(month)-01T00:00:00Z", samples: [time, time])
    }
    let history = try #require(History.cases(records).first)
    // 64, 32 and 128 samples a second.
    #expect(history.summary.suffix(3) == ["128", "+100.0 %", "▃▁█"])
    #expect(history.detail.contains("-50.0 %") && history.detail.contains("+300.0 %"))
    #expect(history.detail.contains("128 │"))
  }
}
