import Foundation
import LaminaData
import LaminaJobs
import Testing

@testable import LaminaReport

@Suite("TensorBoard") struct TensorBoardTests {
  @Test("The checksum is that of RFC 3720, appendix B.4, and of its polynomial's usual check")
  func checksum() {
    #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8a91_36aa)
    #expect(CRC32C.checksum([UInt8](repeating: 0xff, count: 32)) == 0x62a8_ab43)
    #expect(CRC32C.checksum((0..<32).map { UInt8($0) }) == 0x46dd_794e)
    #expect(CRC32C.checksum((0..<32).reversed().map { UInt8($0) }) == 0x113f_db5c)
    #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xe306_9283)
    #expect(CRC32C.checksum([]) == 0)
  }

  @Test("Events are the bytes that event.proto asks for")
  func bytes() {
    // Encoded by hand from event.proto, with wall_time 1.5. Below, tensorboard reads whole files.
    let version = TensorBoardEvent.version(time: 1.5)
    let event =
      [0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x1a, 0x0d] + Array("brain.Event:2".utf8)
    #expect(Array(version[12..<version.count - 4]) == event)
    #expect(Array(version[0..<8]) == [24, 0, 0, 0, 0, 0, 0, 0])
    let scalar = TensorBoardEvent.scalars([("a", 0.5)], step: 300, time: 1.5)
    #expect(
      Array(scalar[12..<scalar.count - 4]) == [
        0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x10, 0xac, 0x02, 0x2a, 0x0a, 0x0a, 0x08, 0x0a, 0x01,
        0x61, 0x15, 0, 0, 0, 0x3f,
      ])
    for record in [version, scalar] {
      #expect(Array(record[8..<12]) == littleEndian(CRC32C.masked(record[0..<8])))
      let end = record.count - 4
      #expect(Array(record[end...]) == littleEndian(CRC32C.masked(record[12..<end])))
    }
  }

  @Test("Numbers that are not finite are left out")
  func notFinite() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = try TensorBoardFile(folder: folder.path)
    file.add([("a", .nan), ("b", -.infinity), ("c", 1e300)], step: 1)
    let empty = try Data(contentsOf: URL(fileURLWithPath: file.path)).count
    file.add([("loss", 0.5), ("score", .nan)], step: 2)
    let text = String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: file.path)), as: UTF8.self)
    #expect(text.utf8.count > empty && text.contains("loss") && !text.contains("score"))
    #expect(empty == TensorBoardEvent.version(time: 0).count)
  }

  @Test("A folder that cannot be made or is none is refused before anything is written")
  func refusals() throws {
    #expect(throws: JobError.self) { try TensorBoardFile.check(folder: "/nowhere/at/all") }
    #expect(throws: JobError.self) { try TensorBoardFile.check(folder: "/dev/null") }
    try TensorBoardFile.check(folder: FileManager.default.temporaryDirectory.path)
  }
}
