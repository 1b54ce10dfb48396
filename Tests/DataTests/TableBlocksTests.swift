import Lamina
import Testing

@testable import LaminaData

/// A table that is read in blocks without targets has the inputs of the table that is read whole.
struct TableBlocksTests {
  private let reading: TableReading

  init() throws { reading = try TableReading() }

  private struct Content: Equatable {
    var inputs: [Double] = []
    var kept: [[String]] = []
    var decisions: [String] = []
  }

  private func content(
    _ text: String, _ schema: DataSchema, _ options: DataOptions = DataOptions(),
    keeping kept: [ColumnReference] = [], size: Int, name: String = "table.csv"
  ) throws -> Content {
    let path = try reading.folder.write(Array(text.utf8), to: name)
    let lines = try TextBlocks(ByteReader(path: path), encoding: options.encoding, size: size)
    let options = options.decided(by: schema)
    let rows = try lines.examined { start throws(TableProblem) -> any TextRows in
      if name.hasSuffix("arff") {
        try ARFFBlockRows(start, options: options, schema: schema, keeping: kept)
      } else if name.hasSuffix("svm") {
        LIBSVMRows(schema: schema)
      } else {
        try DelimitedRows(start, options: options, schema: schema, keeping: kept)
      }
    }
    let blocks = TableBlocks(lines, rows)
    var content = Content(kept: blocks.keptNames.map { _ in [] })
    while let block = try blocks.next() {
      if case .doubles(let numbers) = block.inputs { content.inputs += numbers }
      for (column, texts) in block.kept.enumerated() {
        content.kept[column] += (0..<texts.count).map { texts[$0] }
      }
      content.decisions += block.decisions.map(\.description)
    }
    content.decisions += blocks.decisions.map(\.description)
    return content
  }

  /// The message about a table that is refused; empty if it is read.
  private func problem(
    _ text: String, _ schema: DataSchema, _ options: DataOptions = DataOptions(), size: Int
  ) -> String {
    do { _ = try content(text, schema, options, size: size) } catch { return "\(error)" }
    return ""
  }

  private static let sizes = [64, 100, 1 << 20]
  private struct Row {
    let a, b: Double
    let id, y: String
  }

  private static let rows: [Row] = (0..<50).map { row in
    let number = Double(row)
    return Row(a: number / 4, b: -number * number, id: "r\(row)", y: row % 2 == 0 ? "no" : "yes")
  }
  private static let table =
    "id,a,b,y\n" + lines { "\($0.id),\($0.a),\($0.b),\($0.y)" }

  private static func lines(_ end: String = "\n", _ line: (Row) -> String) -> String {
    rows.map { line($0) + end }.joined()
  }

  private var schema: DataSchema {
    get throws {
      try reading.part(Self.table, DataOptions(ignoredColumns: ["id"])).schema()
    }
  }

  @Test(arguments: sizes) func columnsInAnyOrderWithAndWithoutTarget(_ size: Int) throws {
    let schema = try schema
    let wanted = Self.rows.flatMap { [$0.a, $0.b] }
    let whole = try content(Self.table, schema, keeping: ["id"], size: size)
    #expect(whole.inputs == wanted)
    #expect(whole.kept == [Self.rows.map(\.id)])
    #expect(whole.decisions == ["the target column y is there and is ignored"])
    let other = "b;a;more\r\n" + Self.lines("\r\n") { "\($0.b);\($0.a);?" }
    let second = try content(other, schema, size: size)
    #expect(second.inputs == wanted && second.kept.isEmpty)
    #expect(second.decisions.contains { $0.contains("in another order") })
    #expect(second.decisions.contains { $0.contains("1 column is neither") && $0.contains("more") })
    // An input, a target and a column that the table has besides can be kept too.
    let kept = try content(Self.table, schema, keeping: ["a", "y", "1"], size: size)
    #expect(kept.inputs == wanted)
    #expect(kept.kept == [Self.rows.map { "\($0.a)" }, Self.rows.map(\.y), Self.rows.map(\.id)])
  }

  @Test(arguments: sizes) func quotesBlanksAndUnknownTargets(_ size: Int) throws {
    let text =
      "\"id\",\"a\",\"b\",\"y\"\n"
      + Self.lines { "\"\($0.id), \"\"x\"\"\n!\",  \($0.a) ,\"\($0.b)\",?" }
    let found = try content(text, try schema, keeping: ["id"], size: size)
    #expect(found.inputs == Self.rows.flatMap { [$0.a, $0.b] })
    #expect(found.kept == [Self.rows.map { "\($0.id), \"x\"\n!" }])
  }

  @Test(arguments: sizes) func truthValuesMayBeNumbers(_ size: Int) throws {
    let table = "a,b,y\n" + (0..<40).map { "\($0 % 3 == 0),\($0),\($0 % 2)\n" }.joined()
    let part = try reading.part(table)
    let found = try content(table, part.schema(), size: size)
    #expect(found.inputs == part.numbers)
    let numbers = "a,b\n" + (0..<40).map { "\($0 == 39 ? "0" : "true"),\($0)\n" }.joined()
    #expect(
      try content(numbers, part.schema(), size: size).inputs
        == (0..<40).flatMap { [$0 == 39 ? 0 : 1, Double($0)] })
    let other = "a,b\n" + (0..<40).map { "\($0 == 39 ? "2" : "true"),\($0)\n" }.joined()
    #expect(problem(other, part.schema(), size: size).contains("line 41, column 1 (a) is \"2\""))
  }

  @Test(arguments: sizes) func faultsNameFileLineAndColumn(_ size: Int) throws {
    let schema = try schema
    func problem(_ text: String) -> String { self.problem(text, schema, size: size) }
    let good = Self.lines { "\($0.a),\($0.b)" }
    #expect(
      problem("a,b\n" + good + "1,x\n" + good).contains(
        "table.csv: line 52, column 2 (b) is \"x\", but a finite"))
    #expect(problem("a,b\n" + good + "1,\n").contains("line 52, column 2 (b) has no value"))
    #expect(problem("a,b\n" + good + "1\n").contains("line 52 has 1 field, but"))
    #expect(problem("a,c\n1,2\n").contains("the input column \"b\" is missing; there are 2: a, c"))
    #expect(problem("1,2\n3,4\n").contains("add a header with a, b, y"))
  }

  @Test(arguments: sizes) func columnsByPosition(_ size: Int) throws {
    let rows = Self.lines { "\($0.id),\($0.y),\($0.a),\($0.b)" }
    let options = DataOptions(targetColumns: [2], ignoredColumns: [1])
    let schema = try reading.part(rows, options).schema()
    let wanted = Self.rows.flatMap { [$0.a, $0.b] }
    let all = try content(rows, schema, options, size: size)
    #expect(all.inputs == wanted && all.decisions.contains { $0.contains("target column 2 is") })
    let without = Self.lines { "\($0.id),\($0.a),\($0.b)" }
    #expect(try content(without, schema, options, size: size).inputs == wanted)
    #expect(
      problem("1,2\n3,4\n", schema, options, size: size).contains(
        "there are 2 columns, but the training data had 4"))
  }

  @Test(arguments: sizes) func headerOnly(_ size: Int) throws {
    #expect(try content("a,b\n", try schema, size: size).inputs.isEmpty)
    #expect(try content("a,b", try schema, size: size).inputs.isEmpty)
  }

  @Test(arguments: sizes) func attributesAndIndices(_ size: Int) throws {
    let attributes = """
      @relation r
      @attribute a real
      @attribute colour {red,green}
      @attribute y {no,yes}
      @data

      """
    let known = attributes + (0..<20).map { "\($0),\(Self.colour($0)),no\n" }.joined()
    let part = try reading.part(known, name: "t.arff")
    let unknown =
      attributes + (0..<20).map { "\($0), '\(Self.colour($0))', ? % x\n" }.joined()
    let found = try content(
      unknown, part.schema(), keeping: ["colour"], size: max(size, 200), name: "n.arff")
    // The first input is the number, the others are the colours.
    #expect(
      found.inputs
        == (0..<20).flatMap { row -> [Double] in
          [Double(row)] + (Self.colour(row) == "red" ? [1, 0] : [0, 1])
        })
    #expect(found.kept[0].prefix(2) == ["red", "green"])
    let lines = (0..<40).map { "\($0 % 2) 1:\($0) 3:0.5\n" }.joined()
    let sparse = try reading.part(lines, name: "t.svm")
    let bare = lines.split(separator: "\n").map { $0.dropFirst(2) + "\n" }.joined()
    #expect(try content(bare, sparse.schema(), size: size, name: "n.svm").inputs == sparse.numbers)
    #expect(try content(lines, sparse.schema(), size: size, name: "n.svm").inputs == sparse.numbers)
  }

  private static func colour(_ row: Int) -> String { row % 2 == 0 ? "red" : "green" }

  /// Decimal commas are recognised by the first block, as in a whole table.
  @Test(arguments: sizes) func decimalCommas(_ size: Int) throws {
    let table = "a;b;y\n" + (0..<50).map { "\($0),5;\($0);0,25\n" }.joined()
    let part = try reading.part(table)
    var schema = part.schema(task: .regression)
    schema.decimal = part.decimal
    #expect(try content(table, schema, size: size).inputs == part.numbers)
  }
}
