import LaminaData
import Testing

/// Files with wrong headers.
struct SafetensorsHeaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let lies: [(String, Int, SafetensorsProblem, String)] = [
    (#"[]"#, 0, .headerStart(byte: 91), "starts with byte 91"),
    (#" {}"#, 0, .headerStart(byte: 32), "starts with byte 32"),
    (#""#, 0, .json(reason: "the text ends early", offset: 0), "ends early at byte 0"),
    (#"{} {}"#, 0, .json(reason: "more text after the end", offset: 3), "more text"),
    (
      #"{"a":{},"a":{}}"#, 0, .json(reason: "\"a\" occurs twice", offset: 11),
      "\"a\" occurs twice at byte 11"
    ),
    (
      #"{"a":{"dtype":"F32","dtype":"F32"}}"#, 0,
      .json(reason: "\"dtype\" occurs twice", offset: 27), "\"dtype\" occurs twice"
    ),
    (#"{"__metadata__":[]}"#, 0, .metadata, "__metadata__ must be an object"),
    (#"{"__metadata__":{"a":1}}"#, 0, .metadata, "whose values are strings"),
    (#"{"a":1}"#, 0, .entry(tensor: "a"), "a must have exactly dtype"),
    (#"{"a":{"dtype":"F32","shape":[1]}}"#, 4, .entry(tensor: "a"), "a must have exactly dtype"),
    (entry(more: #","more":1"#), 4, .entry(tensor: "a"), "a must have exactly dtype"),
    (entry(offsets: "0,4,8"), 4, .entry(tensor: "a"), "data_offsets (two)"),
    (entry(shape: #""1""#), 4, .entry(tensor: "a"), "shape (whole numbers)"),
    (
      entry(type: "F4"), 4, .elementType(tensor: "a", found: "F4"),
      "a has elements of type F4, but only F32, F64, F16 and BF16"
    ),
    (
      entry(shape: "1,1,1,1,1,1,1,1,1"), 4, .rank(tensor: "a", found: 9, limit: 8),
      "a has 9 dimensions, but at most 8"
    ),
    (
      entry(shape: "4294967296,4294967296"), 4,
      .shapeTooLarge(tensor: "a", shape: [4_294_967_296, 4_294_967_296]),
      "[4294967296, 4294967296]"
    ),
    (
      entry(shape: "99999999999999999999"), 4, .json(reason: "the number is too large", offset: 49),
      "the number is too large"
    ),
    (entry(offsets: "4,0"), 4, .offsets(tensor: "a", begin: 4, end: 0), "begins at 4, after"),
    (
      entry(shape: "2"), 4, .size(tensor: "a", shape: [2], wanted: 8, found: 4),
      "a has 4 bytes, but its shape [2] needs 8"
    ),
    (
      entry(offsets: "4,8"), 8, .hole(tensor: "a", begin: 4, expected: 0),
      "a begins at 4, so the bytes from 0 on"
    ),
    (
      two("[0,8]", "[4,12]"), 12, .overlap(tensor: "b", begin: 4, expected: 8),
      "b begins at 4, inside another tensor, which ends at 8"
    ),
    (two("[0,8]", "[0,8]"), 8, .overlap(tensor: "b", begin: 0, expected: 8), "b begins at 0"),
    (
      two("[12,20]", "[0,8]"), 20, .hole(tensor: "a", begin: 12, expected: 8),
      "a begins at 12, so the bytes from 8 on"
    ),
    (entry(), 3, .fileLength(wanted: 66, found: 65), "a file of 66 bytes, but the file has 65"),
    (entry(), 5, .fileLength(wanted: 66, found: 67), "a file of 66 bytes, but the file has 67"),
    (
      entry(shape: "1000000000000", offsets: "0,4000000000000"), 4,
      .fileLength(wanted: 4_000_000_000_086, found: 90), "the file has 90"
    ),
  ]

  @Test(arguments: SafetensorsHeaderTests.lies)
  func refuses(header: String, data: Int, problem: SafetensorsProblem, words: String) throws {
    let bytes = [UInt8](header.utf8) + [UInt8](repeating: 0, count: data)
    try expect(littleEndian(UInt64(header.utf8.count)) + bytes, problem, words)
  }

  @Test func refusesLengthsThatLie() throws {
    try expect([1, 2, 3], .noHeader(length: 3), "it has 3 bytes")
    try expect(
      littleEndian(UInt64.max), .headerTooLong(length: .max, limit: 1 << 20),
      "18446744073709551615 bytes, but at most 1048576")
    try expect(
      littleEndian(UInt64(100)) + [UInt8]("{}".utf8), .headerTruncated(wanted: 100, found: 2),
      "after 2 of 100 bytes")
  }

  @Test func refusesTooManyTensors() throws {
    let entries = (0...4096).map {
      #""\#($0)":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}"#
    }
    let header = [UInt8]("{\(entries.joined(separator: ","))}".utf8)
    try expect(
      littleEndian(UInt64(header.count)) + header, .tooManyTensors(count: 4097, limit: 4096),
      "there are 4097 tensors, but at most 4096")
  }

  @Test func readsTensorsInTheOrderOfTheirBytes() throws {
    let header = [UInt8](two("[8,16]", "[0,8]").utf8)
    let data = [Float](arrayLiteral: 1, 2, 3, 4).flatMap { littleEndian($0.bitPattern) }
    let path = try folder.write(littleEndian(UInt64(header.count)) + header + data, to: "model")
    let tensors = try Safetensors(path: path).tensors
    #expect(tensors.map(\.name) == ["b", "a"])
    #expect(tensors.map(\.values) == [[1, 2], [3, 4]])
  }

  private func expect(
    _ bytes: [UInt8], _ problem: SafetensorsProblem, _ words: String,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let path = try folder.write(bytes, to: "model")
    let error = #expect(throws: DataError.self, sourceLocation: location) {
      _ = try Safetensors(path: path)
    }
    #expect(error == .safetensors(path: path, problem), sourceLocation: location)
    #expect(error?.description.contains(words) == true, sourceLocation: location)
  }
}

/// A header of one tensor `a`. By default it is valid for four bytes of data.
private func entry(
  type: String = "F32", shape: String = "1", offsets: String = "0,4", more: String = ""
) -> String {
  #"{"a":{"dtype":"\#(type)","shape":[\#(shape)],"data_offsets":[\#(offsets)]\#(more)}}"#
}

/// A header of two tensors of two numbers.
private func two(_ first: String, _ second: String) -> String {
  #"{"a":{"dtype":"F32","shape":[2],"data_offsets":\#(first)},"#
    + #""b":{"dtype":"F32","shape":[2],"data_offsets":\#(second)}}"#
}
