import Testing

@testable import LaminaData

struct StrictJSONTests {
  @Test func readsAllKindsOfValues() throws {
    let text = #" { "a" : [ 0 , 12 , "" , [ ] ] , "b" : { } } "#
    #expect(
      try StrictJSONParser.parse([UInt8](text.utf8))
        == .object([
          .init(name: "a", value: .array([.integer(0), .integer(12), .string(""), .array([])])),
          .init(name: "b", value: .object([])),
        ]))
  }

  @Test func readsEscapes() throws {
    let text = #""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é""#
    #expect(
      try StrictJSONParser.parse([UInt8](text.utf8))
        == .string("\"\\/\u{8}\u{c}\n\r\té😀é"))
  }

  @Test(arguments: [
    ("-1", "expected an object", 0), ("true", "expected an object", 0), ("1.5", "more text", 1),
    ("01", "leading zero", 2), ("[1,]", "expected an object", 3), ("[1", "a comma or ]", 2),
    (#"{"a" 1}"#, "a colon", 5), (#"{1:1}"#, "a name", 1), (#"{"a":1"#, "a comma or }", 6),
    (#""a"#, "ends inside a string", 2), (#""\"#, "ends inside a string", 2),
    (#""\x""#, "unknown escape", 3), (#""\u12"#, "hexadecimal", 5),
    (#""\ud83d""#, "half a surrogate", 7), (#""\ud83dA""#, "half a surrogate", 7),
    (#""\ude00""#, "half a surrogate", 7), ("\"\n\"", "control character", 2),
    (#"{"a":1,"\u0061":2}"#, "\"a\" occurs twice", 15), ("[[[[[[[[[", "too deep", 8),
  ])
  func refuses(text: String, reason: String, offset: Int) {
    let error = #expect(throws: StrictJSONError.self) {
      try StrictJSONParser.parse([UInt8](text.utf8))
    }
    #expect(error?.reason.contains(reason) == true)
    #expect(error?.offset == offset)
  }

  @Test func refusesTextThatIsNotUTF8() {
    #expect(throws: StrictJSONError(reason: "the text is not UTF-8", offset: 0)) {
      try StrictJSONParser.parse([0x22, 0xff, 0x22])
    }
  }
}
