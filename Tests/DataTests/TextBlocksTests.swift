import Testing

@testable import LaminaData

/// A text in blocks has the records of the whole text, with their lines, whatever the size of the
/// pieces that are read.
struct TextBlocksTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func records(
    _ bytes: [UInt8], size: Int, encoding: TextEncoding? = nil
  ) throws -> [String] {
    let path = try folder.write(bytes, to: "text")
    let blocks = try TextBlocks(ByteReader(path: path), encoding: encoding, size: size)
    let dialect = DelimitedText.Dialect(separator: .byte(UInt8(ascii: ",")))
    var records: [String] = []
    var fields: [DelimitedText.Field] = []
    while let block = try blocks.next(dialect) {
      var text = block.text(dialect)
      while try text.next(into: &fields) {
        records.append("\(text.line): " + fields.map(text.text).joined(separator: "|"))
      }
    }
    return records
  }

  private static let sizes = [1, 2, 3, 7, 16, 1000]

  @Test(arguments: sizes) func linesAndQuotes(_ size: Int) throws {
    let text = "a,b\n1,\"x\ny\"\n\n2,\"say \"\"no\"\"\"\n3,4"
    let records = try records(Array(text.utf8), size: size)
    #expect(records == ["1: a|b", "2: 1|x\ny", "5: 2|say \"no\"", "6: 3|4"])
  }

  @Test(arguments: sizes) func allLineEnds(_ size: Int) throws {
    for end in ["\n", "\r\n", "\r"] {
      let text = ["a,b", "1,2", "3,\"p\(end)q\"", "5,6"].joined(separator: end) + end
      let records = try records(Array(text.utf8), size: size)
      #expect(records == ["1: a|b", "2: 1|2", "3: 3|p\(end)q", "5: 5|6"], "\(end.utf8.count)")
    }
  }

  @Test(arguments: sizes) func encodings(_ size: Int) throws {
    let text = "größe,b\n1,é\n2,😀\n"
    let wanted = ["1: größe|b", "2: 1|é", "3: 2|😀"]
    #expect(try records([0xef, 0xbb, 0xbf] + Array(text.utf8), size: size) == wanted)
    var utf16: [UInt8] = [0xff, 0xfe]
    for unit in text.utf16 { utf16 += [UInt8(unit & 0xff), UInt8(unit >> 8)] }
    #expect(try records(utf16, size: size, encoding: TextEncoding("utf-16")) == wanted)
    #expect(
      try records([97, 0xe9, 10, 98, 10], size: size, encoding: TextEncoding("latin1"))
        == ["1: aé", "2: b"])
    #expect(try records(Array("a\nb\n\u{1a}".utf8), size: size) == ["1: a", "2: b"])
  }

  @Test(arguments: sizes) func faultsHaveTheirLines(_ size: Int) throws {
    func problem(_ bytes: [UInt8], _ encoding: TextEncoding? = nil) -> String {
      do { _ = try records(bytes, size: size, encoding: encoding) } catch { return "\(error)" }
      return ""
    }
    #expect(
      problem(Array("a\nb\nc".utf8) + [0xff, 10] + Array("d\n".utf8)).contains(
        "line 3 is not UTF-8: its byte 2 is ff"))
    #expect(
      problem(Array("a\nb\n".utf8) + [0, 10]).contains("line 3 has a NUL byte (00) as its byte 1"))
    #expect(
      problem(Array("a\n\"b\nc\nd\n".utf8)) == "line 2 opens a quote that is never closed")
    #expect(
      problem(Array("a\nb\n".utf8) + [0xff], TextEncoding("ascii")).contains(
        "line 3 is not in the encoding ascii: byte 4"))
  }

  @Test func emptyFiles() throws {
    #expect(try records([], size: 4).isEmpty)
    #expect(try records([10, 10], size: 1).isEmpty)
  }
}
