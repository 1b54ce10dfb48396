import Testing

@testable import LaminaData

struct TextEncodingTests {
  private let reading: TableReading

  init() throws { reading = try TableReading() }

  /// Rows whose classes differ by one byte that is not UTF-8.
  private static let latin1 =
    Array("x,place\n1,caf".utf8) + [0xe9] + Array("\n2,caf".utf8) + [0xe8] + Array("\n3,bar\n".utf8)

  @Test func bytesThatAreNoUTF8AreAnError() {
    let problem = reading.problem(Self.latin1)
    #expect(problem.contains("line 2 is not UTF-8: its byte 6 is e9; --encoding latin1"))
    let arff = Array("@attribute x real\n@attribute c {a,b}\n@data\n1,a\n2,".utf8) + [0xff, 10]
    #expect(
      reading.problem(arff, name: "t.arff").contains("line 5 is not UTF-8: its byte 3 is ff"))
    let libsvm = Array("1 1:2\r\n-1 1:3 # ".utf8) + [0xc3] + Array("\r\n".utf8)
    #expect(reading.problem(libsvm).contains("line 2 is not UTF-8: its byte 10 is c3"))
    // A lone surrogate, and an overlong slash of two bytes.
    for wrong: [UInt8] in [[0xed, 0xa0, 0x80], [0xc0, 0xaf]] {
      #expect(reading.problem(Array("x,y\n1,".utf8) + wrong).contains("line 2 is not UTF-8"))
    }
  }

  @Test func labelFilesAreCheckedToo() throws {
    let arff = "@attribute x real\n@attribute caf\u{e9} {0,1}\n@attribute b {0,1}\n@data\n1,0,1\n"
    let start = Array("<labels><label name=\"caf".utf8)
    let end = Array("\"/><label name=\"b\"/></labels>".utf8)
    try reading.folder.write(start + [0xe9] + end, to: "t.xml")
    #expect(reading.problem(arff, name: "t.arff").contains("t.xml: line 1 is not UTF-8"))
    let declared = Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n".utf8)
    try reading.folder.write(declared + start + [0xe9] + end, to: "t.xml")
    let part = try reading.part(arff, name: "t.arff")
    #expect(part.targets.map(\.name) == ["caf\u{e9}", "b"])
  }

  @Test(arguments: ["latin1", "ISO-8859-1", "windows-1252"])
  func otherEncodingsAreReadByOption(name: String) throws {
    let encoding = try #require(TextEncoding(name))
    let part = try reading.part(Self.latin1, DataOptions(encoding: encoding))
    #expect(part.texts() == ["caf\u{e9}", "caf\u{e8}", "bar"])
  }

  @Test func encodingsDiffer() throws {
    let table = Array("x,y\n1,".utf8) + [0x80] + Array("a\n2,b\n".utf8)
    let windows = try reading.part(table, DataOptions(encoding: TextEncoding("windows-1252")))
    #expect(windows.texts() == ["\u{20ac}a", "b"])
    let latin = try reading.part(table, DataOptions(encoding: TextEncoding("latin1")))
    #expect(latin.texts() == ["\u{80}a", "b"])
  }

  @Test(arguments: [true, false])
  func readsUTF16(isLittle: Bool) throws {
    let units = Array("\u{feff}x,y\n1,\u{e9}\n2,\u{1f600}\n".utf16)
    let bytes = units.flatMap { unit in
      isLittle ? littleEndian(unit) : littleEndian(unit).reversed()
    }
    let part = try reading.part(bytes, DataOptions(encoding: TextEncoding("utf-16")))
    #expect(part.texts() == ["\u{e9}", "\u{1f600}"] && part.columns.map(\.name) == ["x"])
    // Half a surrogate pair at the end.
    let cut = bytes + (isLittle ? [0x3d, 0xd8, 0x61, 0] : [0xd8, 0x3d, 0, 0x61])
    let problem = reading.problem(cut, DataOptions(encoding: TextEncoding("utf-16")))
    #expect(
      problem.contains("line 4 is not in the encoding utf-16: byte \(bytes.count) of the file"))
  }

  @Test func longTextsAreConvertedWhole() throws {
    let rows = (0..<20_000).map { "\($0),caf\u{e9}\($0 % 2)" }
    let bytes = (["x,y"] + rows).joined(separator: "\n").unicodeScalars.map { UInt8($0.value) }
    let part = try reading.part(bytes, DataOptions(encoding: TextEncoding("latin1")))
    #expect(part.numbers == (0..<20_000).map { Double($0) })
    #expect(part.texts().last == "caf\u{e9}1")
  }

  @Test func unknownEncodingsAreRefused() {
    for name in ["klingon", "", "latin1//TRANSLIT", "utf-8\n", "latin1 "] {
      #expect(TextEncoding(name) == nil, "\(name)")
    }
  }

  @Test func nulBytesAndMarksOfDOS() throws {
    #expect(
      reading.problem("x,y\n1,a\n2,\u{0}\n")
        .contains("line 3 has a NUL byte (00) as its byte 3"))
    let part = try reading.part("x,y\n1,a\n2,b\n\u{1a}")
    #expect(part.texts() == ["a", "b"] && part.decision("skipped-bytes") != nil)
    #expect(try reading.part("\u{feff}x,y\r\n1,a\r\n2,b\r\n").columns.map(\.name) == ["x"])
  }

  /// `é` as one character and as two: equal strings with different bytes.
  private static let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")

  @Test func spellingsThatLookAlikeAreAnError() {
    let (one, two) = (Self.composed, Self.decomposed)
    let names = reading.problem("\(one),\(two),y\n1,2,a\n2,3,b\n")
    #expect(names.contains("(column 1)") && names.contains("(column 2)"), "\(names)")
    #expect(names.contains("U+E9") && names.contains("U+301"))
    let attributes = reading.problem(
      "@attribute \(one) real\n@attribute \(two) real\n@attribute y {a,b}\n@data\n1,2,a\n",
      name: "t.arff")
    #expect(attributes.contains("(line 1)") && attributes.contains("(line 2)"), "\(attributes)")
    let values = reading.problem(
      "@attribute c {\(one),b,\(two)}\n@attribute y {a,b}\n@data\nb,a\n", name: "t.arff")
    #expect(values.contains("value 1 in line 1") && values.contains("value 3"), "\(values)")
    // The kelvin sign has the same normal form as the letter.
    #expect(reading.problem("K,\u{212a},y\n1,2,a\n").contains("look alike"))
  }

  @Test func namesAreFoundByteForByte() throws {
    let table = "\(Self.composed),x,y\n1,2,a\n2,3,b\n"
    let options = DataOptions(targetColumns: [ColumnReference(Self.decomposed)])
    #expect(reading.problem(table, options).contains("there is no column"))
    let schema = try reading.part(table).schema()
    let other = reading.problem("\(Self.decomposed),x,y\n1,2,a\n", schema: schema)
    #expect(other.contains("(in the training data)") && other.contains("(column 1)"), "\(other)")
  }
}
