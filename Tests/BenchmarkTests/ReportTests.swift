import Testing

@testable import LaminaBenchmark
@testable import LaminaMeasurement
@testable import LaminaText

@Suite("Benchmark reports") struct ReportTests {
  @Test(
    "Numbers keep three digits that matter",
    arguments: [
      (0.04567, "0.046"), (1.239, "1.24"), (-0.5, "-0.500"), (45.67, "45.7"), (123.4, "123"),
      (Double.nan, "-"), (.infinity, "-"),
    ])
  func threeDigits(value: Double, expected: String) {
    #expect(Format.threeDigits(value) == expected)
  }

  @Test(
    "What is no finite number is never shown as one",
    arguments: [Double.nan, -.nan, .infinity, -.infinity, .signalingNaN])
  func notFinite(value: Double) {
    #expect(Format.decimal(value, places: 4) == "n/a" && Format.score(value) == "n/a")
    #expect(Format.score(nil) == "n/a" && Format.score(0.25) == "0.2500")
    let others = [
      Format.seconds(value), Format.gibibytes(value), Format.percent(value), Format.rate(value),
      Format.clock(value), Format.threeDigits(value),
    ]
    for text in others { #expect(!text.contains("nan") && !text.contains("inf")) }
    #expect(Format.words(value) == (value.isNaN ? "not a number" : "infinite"))
    #expect(JSON.number(value).text == "null" && JSON.float(Float(value)).text == "null")
  }

  @Test("JSON keeps the order of members and has no word for NaN")
  func json() {
    let value = JSON.object([
      "z": .array([.integer(1), .number(0.5), .number(.nan)]), "a": .string("\"\\\n×"),
    ])
    #expect(value.text == #"{"z":[1,0.5,null],"a":"\"\\\u000a×"}"#)
  }

  @Test(
    "Arguments are quoted as a shell wants them",
    arguments: [("784,16,10", "784,16,10"), ("a b", "'a b'"), ("it's", #"'it'\''s'"#), ("", "''")])
  func quoted(argument: String, expected: String) {
    #expect(RunFacts.quoted(argument) == expected)
  }

  @Test("Dates are in UTC")
  func date() {
    #expect(RunFacts.date(at: 1_000_000_000) == "2001-09-09T01:46:40Z")
  }
}
