import Testing

@testable import LaminaData

struct NumberFormatTests {
  private let reading: TableReading

  init() throws { reading = try TableReading() }

  @Test(arguments: [(";", "semicolon"), ("\t", "tab"), ("|", "bar"), (" ", "blanks")])
  func decimalCommasAreFoundOut(separator: String, name: String) throws {
    let table = "NO2;Temp;CO\n6,2;5;3,03\n-0,8;1,81e1;7,04\n".replacing(";", with: separator)
    let part = try reading.part(table)
    #expect(part.numbers == [6.2, 5, -0.8, 18.1])
    #expect(part.texts() == ["3.03", "7.04"])
    #expect(part.decimal == .comma)
    let decision = try #require(part.decision("decimal"))
    #expect(decision.contains("6,2 in line 2 is 6.2; --decimal point overrides this"))
    // Without ambiguity there is no decision.
    #expect(try reading.part(table, DataOptions(decimal: .comma)).decision("decimal") == nil)
  }

  @Test func withoutAHeader() throws {
    let part = try reading.part("6,2;5,64;3,03\n0,8;1,81;7,04\n")
    #expect(part.numbers == [6.2, 5.64, 0.8, 1.81] && !part.isNamed)
  }

  @Test func pointsAndCommasAreNotMixed() {
    let problem = reading.problem("a;b;y\n1,5;2;3\n2;0.5;4\n")
    #expect(
      problem.contains(
        "line 2, column 1 (a) has a decimal comma (\"1,5\"), and line 3, column 2 (b) a decimal point"
      ))
    let inColumn = reading.problem("a;b;y\n1,5;2;3\n2.5;0;4\n")
    #expect(inColumn.contains("line 2, column 1 (a)") && inColumn.contains("line 3, column 1 (a)"))
    let told = reading.problem("a;b;y\n1,5;2;3\n2;0.5;4\n", DataOptions(decimal: .comma))
    #expect(told.contains("line 3, column 2 (b) is \"0.5\"") && told.contains("decimal commas"))
    let target = reading.problem("a;y\n1,5;2,5\n2,5;0.5\n", DataOptions(decimal: .comma))
    #expect(target.contains("line 3, column 2 (y) is \"0.5\""))
  }

  @Test func columnsOfTextDecideNothing() throws {
    let part = try reading.part("a;b\n1.5;x,y\n2.5;1,5\n")
    #expect(part.numbers == [1.5, 2.5] && part.texts() == ["x,y", "1,5"])
    #expect(part.decision("decimal") == nil)
    let ignored = try reading.part(
      "a;t;b\n1.5;0,5;x\n2.5;0,5;y\n", DataOptions(ignoredColumns: ["t"]))
    #expect(ignored.numbers == [1.5, 2.5])
  }

  @Test func commasThatCanBeBothAreAnError() throws {
    let table = "a;y\n1,500;0\n12,750;1\n"
    #expect(reading.problem(table).contains("--decimal comma or --thousands comma says which"))
    #expect(try reading.part(table, DataOptions(decimal: .comma)).numbers == [1.5, 12.75])
    #expect(try reading.part(table, DataOptions(thousands: .comma)).numbers == [1500, 12750])
    // A single number whose comma cannot be a thousands separator decides for all.
    #expect(try reading.part("a;y\n1,500;0\n0,750;1\n").numbers == [1.5, 0.75])
  }

  @Test(
    arguments: [
      ("1,234,567.5", nil, ThousandsMark.comma), ("1.234.567,5", DecimalMark.comma, .point),
      ("1.234.567,5", nil, .point), ("1 234 567.5", nil, .blank),
      ("1\u{a0}234\u{202f}567,5", .comma, .blank), ("1'234'567.5", nil, .apostrophe),
      ("1\u{2019}234\u{2019}567.5", nil, .apostrophe),
    ] as [(String, DecimalMark?, ThousandsMark)])
  func thousandsAreReadByOption(text: String, decimal: DecimalMark?, mark: ThousandsMark) throws {
    let options = DataOptions(decimal: decimal, thousands: mark)
    let part = try reading.part("a,y\n\"\(text)\",\"-\(text)\"\n7,8\n", options)
    #expect(part.numbers == [1_234_567.5, 7])
    #expect(part.texts() == ["-1234567.5", "8"])
  }

  @Test(arguments: ["12,34", "1,2345", ",123", "1,,234", "1234,567", "1,234.5,6", "1.5,000"])
  func groupsHaveThreeDigits(text: String) {
    let problem = reading.problem(
      "a,y\n\"\(text)\",1\n7,8\n9,8\n", DataOptions(thousands: .comma))
    #expect(problem.contains("line 2, column 1 (a) is \"\(text)\""), "\(problem)")
  }

  @Test func marksMustDiffer() {
    #expect(
      reading.problem("1 2 3\n4 5 6\n", DataOptions(thousands: .blank))
        .contains("blanks separate the columns"))
    for (decimal, thousands) in [(DecimalMark.comma, ThousandsMark.comma), (.point, .point)] {
      let problem = reading.problem(
        "1,2\n3,4\n", DataOptions(decimal: decimal, thousands: thousands))
      #expect(problem.contains("the option thousands cannot be used here"))
    }
  }

  @Test(arguments: [
    ("1,94", "--decimal comma reads it as 1.94"),
    ("44,966", "--decimal comma reads it as 44.966, --thousands comma reads it as 44966"),
    ("1,234,567", "--thousands comma reads it as 1234567"),
    ("1.234,5", "--decimal comma --thousands point reads it as 1234.5"),
    ("1 234", "--thousands blank reads it as 1234"),
    ("1'234", "--thousands apostrophe reads it as 1234"),
    ("$3", "currency"), ("3,50 \u{20ac}", "currency"), ("12 %", "per cent"), ("12%", "per cent"),
    ("1e999", "beyond the range"), ("-1e39", "beyond the range"), ("inf", "infinite"),
    ("-Infinity", "infinite"), ("0x1F", "hexadecimal"), ("1.5d3", "write e"),
    ("\u{2212}3", "U+2212"),
  ])
  func saysWhyTextsAreNoNumbers(text: String, words: String) {
    #expect(NumberText.explanation(of: text)?.contains(words) == true, "\(text)")
  }

  @Test(arguments: [
    "", "a", "1.5", "-3", "1e5", "3rd", "2020-01-02", "12:30", "d", "a,b", "+", "%",
  ])
  func otherTextsHaveNoExplanation(text: String) {
    #expect(NumberText.explanation(of: text) == nil)
  }

  @Test(arguments: [
    "", "?", "NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL", "None", "<NA>", "-", "--", ".",
  ])
  func missingNumbersAreToldSo(text: String) {
    #expect(NumberText.isMissingNumber(text))
    let problem = reading.problem("a,b,y\n1,2,x\n3,\(text),y\n")
    #expect(problem.contains("line 3, column 2 (b) has no value"), "\(problem)")
  }
}
