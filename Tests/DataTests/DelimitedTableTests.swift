import Lamina
import LaminaData
import Testing

struct DelimitedTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// All examples of a table, in the order of the file.
  private func load(
    _ text: String, _ options: DataOptions = DataOptions(), name: String = "table.csv"
  ) throws -> Dataset {
    // The table is its own test part, so nothing is split off.
    let path = try folder.write(Array(text.utf8), to: name)
    var options = options
    options.test = path
    return try DataSource(path, options: options).load().train
  }

  @Test func readsAHeaderAndTextClasses() throws {
    let table = try load("length,width,kind\n1,2,b\n3.5,-4e-1,a\n+5,.25,b\n")
    #expect(table.numbers == [1, 2, 3.5, -0.4, 5, 0.25])
    #expect(table.featureNames == ["length", "width"])
    #expect(table.targets.names == ["a", "b"])
    #expect(table.labels == [1, 0, 1])
  }

  @Test(arguments: [
    "1,2,0\n3,4,1\n", "1;2;0\r\n3;4;1\r\n", "1\t2\t0\r3\t4\t1", "  1  2 0 \n3 4   1\n",
  ])
  func findsTheSeparator(text: String) throws {
    let table = try load(text)
    #expect(table.numbers == [1, 2, 3, 4])
    #expect(table.labels == [0, 1])
  }

  @Test func classesAreOrderedByNumber() throws {
    let table = try load("1,10\n2,9\n3,-1\n1,9\n2,10\n3,-1\n")
    #expect(table.targets.names == ["-1", "9", "10"])
    #expect(table.labels == [2, 1, 0, 1, 2, 0])
  }

  @Test func readsQuotedFields() throws {
    let text = "\"a, b\",\"c \"\"d\"\"\",class\n\"1\", 2 ,\"x\ny\"\n3,\"4\",\"say \"\"z\"\"\"\n"
    let table = try load(text)
    #expect(table.featureNames == ["a, b", "c \"d\""])
    #expect(table.numbers == [1, 2, 3, 4])
    #expect(table.targets.names == ["say \"z\"", "x\ny"])
  }

  @Test func readsWeights() throws {
    let options = DataOptions(weightColumn: "w")
    let table = try load("x,w,kind\n1,0.5,a\n2,0,b\n", options)
    #expect(table.weights == [0.5, 0])
    #expect(table.featureNames == ["x"] && table.numbers == [1, 2])
    #expect(table.examples([1, 0]).weights == [0, 0.5])
    for weight in ["-1", "much", "nan"] {
      let error = #expect(throws: DataError.self) {
        try load("x,w,kind\n1,1,a\n2,\(weight),b\n", options)
      }
      #expect("\(error as Any)".contains("a number from 0 on is needed"))
    }
  }

  @Test func choosesColumns() throws {
    let text = "id,y,x1,x2\n7,1.5,2,3\n8,2.5,4,5\n"
    for target: ColumnReference in ["y", 2, -3] {
      let table = try load(text, DataOptions(targetColumns: [target], ignoredColumns: ["id"]))
      #expect(table.numbers == [2, 3, 4, 5])
      #expect(table.values == [1.5, 2.5])
      #expect(table.targets.names == ["y"])
    }
    let two = try load(text, DataOptions(targetColumns: ["x2", "y"]))
    #expect(two.values == [3, 1.5, 5, 2.5])
    #expect(two.targets.names == ["x2", "y"])
  }

  @Test func aNameComesBeforeANumber() throws {
    let table = try load(
      "2,1,a\n10,20,0.5\n30,40,0.6\n",
      DataOptions(
        task: .regression, targetColumns: ["1"], header: true))
    #expect(table.values == [20, 40])
  }

  @Test func tasksDecideAboutTargets() throws {
    #expect(try load("1,0.5\n2,1\n").values == [0.5, 1])
    #expect(try load("1,3\n2,4\n", DataOptions(task: .regression)).values == [3, 4])
    let labels = try load("1,0,1\n2,1,1\n", DataOptions(targetColumns: [2, 3]))
    guard case .labels(let values, let names) = labels.targets else {
      Issue.record("\(labels.targets) are no labels")
      return
    }
    #expect(values == [0, 1, 1, 1] && names == ["2", "3"])
    let coder = try load("1,2\n3,4\n", DataOptions(task: .autoEncoding))
    #expect(coder.features == 2 && coder.outputs == 2 && coder.count == 2)
    guard case .inputs = coder.targets else {
      Issue.record("\(coder.targets) are not the inputs")
      return
    }
    let unlabelled = try load(
      "1,2\n3,4\n", DataOptions(task: .autoEncoding, targetColumns: [1]))
    #expect(unlabelled.numbers == [2, 4])
  }

  @Test func readsNumbersToTheLastBit() throws {
    let texts = [
      "0.1", "16777217", "0.000123456789", "3.4028234e38", "1e-45", "-7.038531e-26",
      "123456.789", "33554431", "0.30000001192092896", "9007199254740993",
      "1700000000.123456789", "0.1234567890123456789",
    ]
    let table = try load(texts.map { "\($0),0.5" }.joined(separator: "\n"))
    #expect(table.numbers == texts.map { Double($0) ?? .nan })
  }

  @Test(arguments: [
    ("", "this is an empty file"),
    ("\n \n", "no row of data"),
    ("a,b\n", "no row of data"),
    ("1,2,0\n3,4\n", "line 2 has 2 fields, but the lines before it have 3"),
    ("a,b,c\n1,2,0\n\n3,?,1\n", "line 4, column 2 (b) has no value"),
    ("a,b,c\n1,,0\n1,2,0\n", "line 2, column 2 (b) has no value"),
    ("a,b,c\n1,NaN,0\n1,2,0\n", "line 2, column 2 (b) has no value"),
    ("1,2,0\n1,2,\n", "line 2, column 3 has no value"),
    ("a,b,c\n1,,0\n", "the column \"b\" has no value in any row"),
    (
      "a,b,c\n1,two,0\n1,2,0\n1,3,0\n",
      "line 2, column 2 (b) is \"two\", but a finite 32-bit number"
    ),
    ("1,1e39,0\n", "line 1, column 2 is \"1e39\""),
    ("1,inf,0\n", "line 1, column 2 is \"inf\""),
    ("1,0x10,0\n", "line 1, column 2 is \"0x10\""),
    ("1,\"2,0\n3,4,1\n", "line 1 opens a quote that is never closed"),
    ("1,\"2\"3,0\n", "line 1, column 2 continues after its closing quote"),
    ("5\n6\n", "no column is left as an input: of 1, all"),
    ("1,7\n2,7\n", "all examples have the class \"7\", but at least two"),
    ("\u{0}\u{1}\u{2},\u{7}\n", "a binary file of an unknown kind"),
  ])
  func saysWhatIsWrong(text: String, words: String) throws {
    let error = #expect(throws: DataError.self) { try load(text) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words), "\(String(describing: error))")
  }

  @Test(arguments: [
    (DataOptions(targetColumns: ["z"]), "there is no column \"z\"; there are 3: a, b, b"),
    (DataOptions(targetColumns: [0]), "there is no column \"0\""),
    (DataOptions(targetColumns: [-4]), "there is no column \"-4\""),
    (DataOptions(targetColumns: ["b"]), "columns 2 and 3 are both named \"b\""),
    (DataOptions(targetColumns: [1, 1]), "column 1 (a) is requested twice"),
    (DataOptions(targetColumns: [1], ignoredColumns: [1]), "column 1 (a) is requested twice"),
    (DataOptions(targetColumns: []), "there are no targets"),
    (
      DataOptions(task: .classification, targetColumns: [1, 2]),
      "the 2 target columns are not one-hot"
    ),
    (
      DataOptions(task: .multiLabel),
      "line 2: the target \"b\" is \"0.5\", but 0 or 1, or -1 or 1 in all rows, is needed"
    ),
    (DataOptions(header: false), "line 1, column 1 is \"a\""),
    (DataOptions(labelFile: "x.xml"), "the option label-file cannot be used here"),
    (DataOptions(testShare: 0.5), "the option test-share cannot be used here: there is already a"),
    (DataOptions(testShare: 1), "test-share is 1.0; it must be between 0 and 1"),
    (DataOptions(validationShare: .nan), "validation-share is nan; it must be"),
    (DataOptions(separator: .semicolon), "no column is left"),
  ])
  func saysWhatIsWrongWithOptions(options: DataOptions, words: String) throws {
    let error = #expect(throws: DataError.self) {
      try load("a,b,b\n1,2,0.5\n3,4,0.25\n", options)
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words), "\(String(describing: error))")
  }

  @Test func manyWholeNumbersAreNoClassesUnlessSaid() throws {
    let text = (0..<1200).map { "1,\($0)" }.joined(separator: "\n")
    let error = #expect(throws: DataError.self) { try load(text) }
    #expect(error?.description.contains("1200 different whole numbers") == true)
    #expect(try load(text, DataOptions(task: .regression)).values.count == 1200)
    #expect(try load(text, DataOptions(task: .classification)).outputs == 1200)
  }

  @Test func testClassesMustBeKnown() throws {
    let train = try folder.write(Array("1,a\n2,b\n".utf8), to: "a.csv")
    let test = try folder.write(Array("1,b\n2,c\n".utf8), to: "b.csv")
    let error = #expect(throws: DataError.self) {
      try DataSource(train, options: DataOptions(test: test)).load()
    }
    #expect(
      error
        == .targets(path: test, .unknownClass(place: "line 2", text: "c", known: ["a", "b"])))
    try folder.write(Array("1,2,b\n".utf8), to: "b.csv")
    let other = #expect(throws: DataError.self) {
      try DataSource(train, options: DataOptions(test: test)).load()
    }
    #expect(other?.description.contains("there are 3 columns, but the training data had 2") == true)
  }

  @Test func readsGzip() throws {
    let path = try folder.write(gzip(Array("1,a\n2,b\n".utf8)), to: "table.csv.gz")
    #expect(try DataSource(path, options: DataOptions(test: path)).load().train.numbers == [1, 2])
  }
}
