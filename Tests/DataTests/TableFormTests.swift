import Testing

@testable import LaminaData

struct TableFormTests {
  private let reading: TableReading

  init() throws { reading = try TableReading() }

  @Test(arguments: ["sep=;\n", "SEP=;\r\n", "\"sep=;\"\n", "\n sep=;\n"])
  func readsExcelsSeparatorLine(line: String) throws {
    let part = try reading.part(line + "a,1;b;y\n1;2;x\n3;4;y\n")
    #expect(part.numbers == [1, 2, 3, 4] && part.columns.map(\.name) == ["a,1", "b"])
    #expect(part.decision("separator")?.contains("sep=") == true)
    #expect(try reading.part(line + "1;2;x\n3;4;y\n").places.description(of: 1) != "line 1")
    #expect(reading.problem("sep=:\n1:2\n").contains("line 1: sep= gives \":\""))
  }

  @Test func findsTheSeparatorThatAllLinesHave() throws {
    let name = try reading.part("temp;C,hum,y\n0,0,no\n1,1,yes\n")
    #expect(name.columns.map(\.name) == ["temp;C", "hum"] && name.decision("separator") == nil)
    let bars = try reading.part("a|b|y\n0.5|0|0\n1.5|1|1\n")
    #expect(bars.numbers == [0.5, 0, 1.5, 1])
    #expect(
      bars.decision("separator") == "columns are separated by bars (|); --separator overrides this")
    #expect(try reading.part("a|b\n1|2\n", DataOptions(separator: .bar)).numbers == [1])
  }

  @Test func skipsCommentsBeforeTheTable() throws {
    let part = try reading.part("# made by a script\n#\n\na,b,y\n0.5,0,0\n1.5,1,1\n")
    #expect(part.columns.map(\.name) == ["a", "b"] && part.numbers == [0.5, 0, 1.5, 1])
    #expect(part.decision("skipped-lines")?.contains("2 lines from line 1 on start with #") == true)
    #expect(part.places.description(of: 0) == "line 5")
    #expect(reading.problem("# only\n# comments\n").contains("no row of data"))
  }

  /// As written by numpy's `savetxt(..., header="a b y")`.
  @Test func aCommentCanBeTheHeader() throws {
    let part = try reading.part("# a b y\n1.5 2 0\n2.5 3 1\n")
    #expect(part.isNamed && part.columns.map(\.name) == ["a", "b"])
    #expect(part.decision("header")?.contains("--no-header overrides this") == true)
    let other = try reading.part("# a b y\n1.5 2 0\n2.5 3 1\n", DataOptions(header: false))
    #expect(!other.isNamed && other.numbers == [1.5, 2, 2.5, 3])
    let words = try reading.part("# two words\n1.5 2 0\n2.5 3 1\n")
    #expect(!words.isNamed)
    #expect(try reading.part("#,a,y\n1,1.5,0\n2,2.5,1\n").columns.map(\.name) == ["#", "a"])
  }

  @Test func tellsOfAHeaderThatMayBeOne() throws {
    let years = try reading.part("2001,2002,2003\n0.5,0.1,0.2\n1.5,1.1,1.2\n")
    #expect(!years.isNamed && years.decision("header")?.contains("--header") == true)
    #expect(try reading.part("5.1,3.5,a\n4.9,3,b\n").decision("header") != nil)
    #expect(try reading.part("5.1,3.5,0\n4.9,3,1\n").decision("header") == nil)
    #expect(try reading.part("a,b,y\n4.9,3,1\n").decision("header") == nil)
  }

  @Test func theHeaderIsFoundByMoreThanTheSecondRow() throws {
    let problem = reading.problem("a,b,y\n,,yes\n0,0,no\n")
    #expect(problem.contains("line 2, column 1 (a) has no value"))
  }

  @Test(arguments: [
    "a,b,y,\n1,2,x,\n3,4,y,\n", "a,b,y\n1,2,x,\n3,4,y,\n", "a,b,y,\n1,2,x\n3,4,y\n",
    "1,2,x,\n3,4,y,\n",
  ])
  func separatorsBehindTheLastColumnAreLeftOut(text: String) throws {
    let part = try reading.part(text)
    #expect(part.numbers == [1, 2, 3, 4] && part.texts() == ["x", "y"])
    #expect(part.decision("trailing-separators") != nil)
  }

  @Test func aValueBehindTheLastSeparatorIsAnError() {
    #expect(reading.problem("1,2,x,\n3,4,y,5\n").contains("line 2, column 4 has no value") == false)
    let rows = String(repeating: "1,2,x,\n", count: 30)
    #expect(reading.problem(rows + "3,4,y,5\n").contains("line 31 has 4 fields"))
  }

  @Test(arguments: [("", 0), ("Unnamed: 0", 0), ("", 1)])
  func anIndexOfPandasIsLeftOut(name: String, start: Int) throws {
    let rows = (0..<40).map { "\($0 + start),\($0 % 7).5,\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    let text = "\(name),x,kind\n" + rows
    let part = try reading.part(text)
    #expect(part.columns.map(\.name) == ["x"] && part.features == 1)
    #expect(part.numbers == (0..<40).map { Double($0 % 7) + 0.5 })
    #expect(part.decision("index-column")?.contains("--index-column keep") == true)
    let kept = try reading.part(text, DataOptions(indexColumn: .keep))
    #expect(kept.features == 2 && kept.decision("index-column") == nil)
    let target = try reading.part(text, DataOptions(targetColumns: [1], ignoredColumns: ["kind"]))
    #expect(target.features == 1 && target.texts().last == "\(39 + start)")
  }

  /// In files with tabs, an empty first name is a tab at the start of the line.
  @Test func anIndexBeforeTabsIsLeftOut() throws {
    let part = try reading.part("\tx\tkind\n0\t1.5\ta\n1\t2.5\tb\n")
    #expect(part.columns.map(\.name) == ["x"] && part.numbers == [1.5, 2.5])
  }

  @Test func otherFirstColumnsStay() throws {
    let gap = try reading.part(",x,y\n0,1.5,a\n1,2.5,b\n3,3.5,a\n")
    #expect(gap.features == 2 && gap.decision("index-column")?.contains("is an input") == true)
    let id = try reading.part("id,x,y\n7,1.5,a\n8,2.5,b\n9,3.5,a\n")
    #expect(id.features == 2)
    #expect(id.decision("index-column")?.contains("--index-column ignore leaves it out") == true)
    #expect(try reading.part("id,x,y\n7,1.5,a\n9,2.5,b\n").decision("index-column") == nil)
    let ignored = try reading.part(
      "id,x,y\n7,1.5,a\n8,2.5,b\n", DataOptions(indexColumn: .ignore))
    #expect(ignored.numbers == [1.5, 2.5])
    // The only input cannot be left out.
    #expect(try reading.part(",y\n0,a\n1,b\n", DataOptions(header: true)).numbers == [0, 1])
    #expect(
      reading.problem("id,x\n7,1.5\n", DataOptions(targetColumns: [1], indexColumn: .ignore))
        .contains("column 1 (id) is requested twice"))
  }

  @Test func namesOfRowsAreLeftOut() throws {
    // R's write.table and write.csv.
    for header in ["\"a\",\"b\",\"y\"", "\"\",\"a\",\"b\",\"y\""] {
      for name in ["Mazda RX4", "1"] {
        let part = try reading.part("\(header)\n\"\(name)\",1,2,\"x\"\n\"2\",3,4,\"z\"\n")
        #expect(part.columns.map(\.name) == ["a", "b"] && part.numbers == [1, 2, 3, 4])
        #expect(part.decision("index-column") != nil)
      }
    }
    // A row with too many fields is none of these.
    #expect(reading.problem("a,b\n1,2,3\n1,2,3\n").contains("line 2 has 3 fields"))
  }

  /// Booleans as pandas and R write them.
  @Test func truthsAreNumbers() throws {
    let part = try reading.part("a,b,kind\nTrue,1,x\nFalse,2,y\nTRUE,3,x\n")
    #expect(part.numbers == [1, 1, 0, 2, 1, 3])
    #expect(part.columns.map(\.content) == [.truths, .numbers])
    #expect(try reading.part("a,kind\nyes,x\nno,y\n").columns.map(\.name) == ["a"])
    for (text, words) in [
      ("a,b,y\nTrue,1,0\n1,2,1\n", "line 2, column 1 (a) is \"True\""),
      ("a,b,y\n0,1,0\n1,2,1\nno,2,1\n", "other lines have numbers in this column"),
      ("a,b,y\nTrue,1,0\nNA,2,1\n", "line 3, column 1 (a) has no value"),
      ("a,b,y\n1,1,0\nTrue,2,1\n", "line 3, column 1 (a) is \"True\""),
    ] { #expect(reading.problem(text).contains(words), "\(reading.problem(text))") }
    // New data for the model may have numbers in this column.
    let schema = part.schema()
    #expect(try reading.part("a,b,kind\n1,5,x\n0,6,x\n", schema: schema).numbers == [1, 5, 0, 6])
    #expect(
      reading.problem("a,b,kind\n2,5,x\n", schema: schema).contains(
        "(a) is \"2\", but the column contains true or false"))
  }
}
