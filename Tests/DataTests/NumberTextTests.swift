import Testing

@testable import LaminaData

struct NumberTextTests {
  /// Every number is the double nearest to its text, as the C library's `strtod` has it, which
  /// Swift's `Double` calls.
  @Test func numbersAreCorrectlyRounded() {
    var state: UInt64 = 1
    func random(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 11) % bound
    }
    for _ in 0..<200_000 {
      let digits = Int(random(20)) + 1
      var text = random(3) == 0 ? "-" : ""
      let point = Int(random(UInt64(digits) + 1))
      for digit in 0..<digits {
        if digit == point { text += "." }
        text += "\(random(10))"
      }
      if random(4) == 0 { text += "e\(Int(random(50)) - 35)" }
      guard let wanted = Double(text), Float(wanted).isFinite else { continue }
      #expect(NumberText.double(Array(text.utf8)) == wanted, "\(text)")
    }
  }

  /// Numbers halfway between two doubles, where a wrong last bit of a quotient would show.
  @Test(arguments: [
    "9007199254740993", "0.9007199254740993", "0.5000000000000001110",
    "1.00000000000000011102230246251565", "18446744073709551615", "1844674407370955161.5",
    "0.000000001844674407370955161", "1e-27", "1234567890123456789e-27", "4.9e-38",
  ])
  func halvesAreRoundedToEven(_ text: String) {
    #expect(NumberText.double(Array(text.utf8)) == Double(text))
  }

  @Test(arguments: [
    "", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "0x1p3", "1 2", "--1", "nan", "inf",
    "1e400", "1e39", "1f",
  ])
  func otherTextsAreNoNumbers(_ text: String) {
    #expect(NumberText.double(Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    ("1.", 1), (".5", 0.5), ("+5", 5), ("1e5", 1e5), ("1E+5", 1e5), ("-0", 0), ("007", 7),
    ("1e0000000000000000005", 1e5),
  ])
  func unusualNotationsAreNumbers(_ text: String, _ number: Double) {
    #expect(NumberText.double(Array(text.utf8)) == number)
  }
}
