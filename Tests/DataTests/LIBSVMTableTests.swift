import Testing

@testable import LaminaData

struct LIBSVMTableTests {
  private let reading: TableReading

  init() throws { reading = try TableReading() }

  @Test(arguments: ["heart", "heart.libsvm", "heart.svm", "heart.t", "heart.scale", "heart.txt"])
  func readsSparseLines(name: String) throws {
    let text = "-1 1:-0.579 3:2e-1 # note\n\n# all of it\n+1\t2:1\t\n-1\r\n+1 1:4 2:5 3:6\n"
    let part = try reading.part(text, name: name)
    #expect(part.features == 3)
    #expect(part.numbers == [-0.579, 0, 0.2, 0, 1, 0, 0, 0, 0, 4, 5, 6])
    #expect(part.texts() == ["-1", "+1", "-1", "+1"] && part.targets[0].name == "label")
    #expect(part.columns.map(\.name) == ["1", "2", "3"] && !part.isNamed)
    #expect(part.places.description(of: 1) == "line 4")
    #expect(part.decision("format") != nil)
  }

  @Test func readsLabelsThatAreNumbers() throws {
    #expect(try reading.part("24.5 1:1\n-3e1 1:2\n").texts() == ["24.5", "-3e1"])
  }

  @Test func indicesMayCountFromZero() throws {
    let part = try reading.part("1 0:5 2:6\n2 1:7\n")
    #expect(part.numbers == [5, 0, 6, 0, 7, 0] && part.columns.map(\.name) == ["0", "1", "2"])
    #expect(part.decision("indices") != nil)
    let more = try reading.part("2 1:8\n", schema: part.schema())
    #expect(more.numbers == [0, 8, 0])
    #expect(reading.problem("2 3:8\n", schema: part.schema()).contains("indices are 0 to 2"))
  }

  @Test func readsSeveralLabels() throws {
    let part = try reading.part("1,3 2:0.5\n 1:2\n3 1:1\n10 1:1\n")
    #expect(part.task == .multiLabel)
    #expect(part.targets.map(\.name) == ["1", "3", "10"])
    #expect(part.texts(0) == ["1", "0", "0", "0"] && part.texts(1) == ["1", "0", "1", "0"])
    #expect(part.numbers == [0, 0.5, 2, 0, 1, 0, 1, 0])
    let schema = part.schema(task: .multiLabel)
    let more = try reading.part("3 1:4\n", schema: schema)
    #expect(more.targets.map(\.name) == ["1", "3", "10"] && more.texts(1) == ["1"])
    #expect(reading.problem("4 1:4\n", schema: schema).contains("the label \"4\" is not in"))
  }

  @Test func newDataHaveTheFeaturesOfTheModel() throws {
    let schema = try reading.part("1 1:1 4:1\n2 1:2\n").schema()
    let part = try reading.part("1 2:5\n", schema: schema)
    #expect(part.features == 4 && part.numbers == [0, 5, 0, 0])
    #expect(
      reading.problem("1 2:5\n1 5:1\n", schema: schema)
        .contains("line 2: index 5 is not a feature of the training data, whose indices are 1 to 4")
    )
    #expect(reading.problem("1 0:5\n", schema: schema).contains("line 1: index 0 is not a feature"))
    let named = try reading.part("a,b,y\n1,2,p\n3,4,q\n").schema()
    #expect(reading.problem("1 1:5\n", schema: named).contains("the columns have no names"))
    // A table without a header, whose columns are numbered, has the same features.
    let table = try reading.part("1,2,0\n3,4,1\n").schema()
    #expect(try reading.part("1 2:5\n", schema: table).numbers == [0, 5])
  }

  @Test(arguments: [
    ("1 1:1\n2 3:1 2:1\n", "line 2: index 2 follows 3, but indices must ascend"),
    ("1 1:1 1:1\n", "line 1: index 1 follows 1"),
    ("1 qid:3 1:1\n2 qid:3 2:1\n", "line 1: qid: marks data for ranking"),
    ("1 1:1\n2 1:x\n", "line 2: the value of index 1 is \"x\", but a finite 32-bit number"),
    ("1 1:1\n2 1:1,5\n", "--decimal comma reads it as 1.5"),
    ("1 1:inf\n", "it is infinite"), ("1 1:1e39\n", "beyond the range"),
    ("1 1:1\n2 2000000000000:1\n", "line 2: index 2000000000000 makes a table of 2 rows"),
    ("1 1:1\n2 99999999999999999999:1\n", "must have a whole number before its colon"),
    ("1 0:1 1:5\n2 0:2 1:6\n", "line 1: index 0 numbers the lines, so this is a precomputed"),
    (
      String(repeating: "1 1:1\n", count: 30) + "yes 1:1\n",
      "line 31: the label is \"yes\", but a finite number is needed"
    ),
    (
      String(repeating: "1 1:1\n", count: 30) + "1 1\n",
      "line 31: \"1\" should be an index and a value"
    ),
  ])
  func saysWhatIsWrong(text: String, words: String) {
    let problem = reading.problem(text)
    #expect(problem.contains(words), "\(problem)")
  }

  @Test func optionsOfTablesAreRefused() {
    let text = "1 1:1\n2 1:2\n"
    for options in [
      DataOptions(targetColumns: [1]), DataOptions(header: true), DataOptions(separator: .blanks),
      DataOptions(decimal: .comma), DataOptions(ignoredColumns: [1]),
    ] {
      #expect(reading.problem(text, options).contains("cannot be used here"))
    }
  }

  @Test func otherTablesAreNone() throws {
    #expect(try reading.part("1 2 0\n3 4 1\n").features == 2)
    // Times contain colons too.
    #expect(!LIBSVMTable.isLIBSVM(Array("1 12:30 5\n2 12:31 6\n".utf8)))
    #expect(!LIBSVMTable.isLIBSVM(Array("x 12:30\n".utf8)))
    #expect(!LIBSVMTable.isLIBSVM(Array("1\n2\n".utf8)))
    #expect(!LIBSVMTable.isLIBSVM([]))
  }
}
