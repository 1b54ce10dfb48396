import Foundation
import Testing

@testable import LaminaJobs

@Suite("Results files") struct RecordFileTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func write(_ records: [Record], isNew: Bool = true) throws -> String {
    let path = folder.file("r.jsonl")
    let writer = try RecordWriter(path: path, isNew: isNew)
    for record in records { try writer.append(record) }
    return path
  }

  @Test("What was written is read again, what is unknown as null")
  func roundTrip() throws {
    let failed = JobCase(sizes: [4, 2], batchSize: 1, data: "digits", device: "cpu")
      .record(failed: "it \"burnt\"\nout")
    let records = [Record.example(), failed]
    let file = try RecordFile(path: write(records))
    #expect(file.records == records && file.problems.isEmpty)
    #expect(try folder.text("r.jsonl").contains("\"opencl_version\":null"))
  }

  @Test("Of several records with one key the last counts")
  func latest() throws {
    let old = Record.example(samples: [1, 1])
    let new = Record.example(samples: [2, 2])
    let other = Record.example(device: "opencl:0")
    let file = try RecordFile(path: write([old, other, new]))
    #expect(file.latest == [new, other])
  }

  @Test("Damaged lines are told of by number and skipped")
  func damaged() throws {
    let line = Record.example().line
    let path = try folder.write("\(line)\n{\"key\": 3}\n\(line)\nnoise\n\n\(line)", to: "r")
    let file = try RecordFile(path: path)
    #expect(file.records.count == 3)
    #expect(file.problems.count == 2)
    #expect(file.problems[0].contains("line 2 is damaged and is skipped"))
    #expect(file.problems[1].contains("line 4 is damaged"))
  }

  @Test("A last line that was cut short does not spoil the next one")
  func torn() throws {
    let line = Record.example().line
    let path = try folder.write("\(line)\n\(line.prefix(100))", to: "r.jsonl")
    #expect(try RecordFile(path: path).problems == ["\(path), line 2 was cut short and is skipped"])
    _ = try write([.example(repetition: 2)], isNew: false)
    let file = try RecordFile(path: path)
    #expect(file.records.map(\.method.repetition) == [1, 2])
    #expect(file.problems.count == 1)
  }

  @Test("Results of a newer schema are refused with its version")
  func newer() throws {
    let path = try folder.write("\(Record.example().line)\n{\"schema_version\":7}\n", to: "r")
    let error = #expect(throws: JobError.self) { try RecordFile(path: path) }
    #expect(error?.kind == .input)
    #expect(error?.description.contains("line 2: written with version 7 of the schema") == true)
  }

  @Test("Results are not written over")
  func notNew() throws {
    let path = try write([.example()])
    let before = try folder.text("r.jsonl")
    #expect(throws: JobError.self) { try RecordWriter(path: path, isNew: true) }
    #expect(try folder.text("r.jsonl") == before)
  }

  @Test("A full disk is told of")
  func fullDisk() throws {
    let writer = try RecordWriter(path: "/dev/full", isNew: true)
    let error = #expect(throws: JobError.self) { try writer.append(.example()) }
    #expect(error?.kind == .failure)
    #expect(error?.description.contains("No space left on device") == true)
  }

  @Test("A folder that is not there is known before anything runs")
  func unwritable() {
    let error = #expect(throws: JobError.self) {
      try RecordWriter(path: "/nowhere/r.jsonl", isNew: true)
    }
    #expect(error?.kind == .input)
  }
}
