import Lamina
import LaminaData
import Testing

struct ARFFTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(_ text: String, _ options: DataOptions = DataOptions()) throws -> Dataset {
    let path = try folder.write(Array(text.utf8), to: "set-train.arff")
    var options = options
    options.test = path
    return try DataSource(path, options: options).load().train
  }

  private static let iris = """
    % a comment
    @RELATION 'two words'

    @attribute 'petal length' REAL
    @Attribute "petal\\'s width" numeric % not a comment inside of a line
    @ATTRIBUTE class {setosa, 'versi color', other}
    @DATA
    % another
    1.5,2,'versi color'

    3, 4 ,setosa
    """

  @Test func readsNominalClasses() throws {
    let table = try load(Self.iris)
    #expect(table.numbers == [1.5, 2, 3, 4])
    #expect(table.featureNames == ["petal length", "petal's width"])
    #expect(table.targets.names == ["setosa", "versi color", "other"])
    #expect(table.labels == [1, 0])
  }

  @Test func nominalInputsBecomeOneForEachValue() throws {
    let table = try load(
      """
      @attribute colour {red,green,'dark blue'}
      @attribute flag {0,1}
      @attribute y real
      @data
      'dark blue',1,0.5
      red,0,1.5
      """)
    #expect(table.featureNames == ["colour=red", "colour=green", "colour=dark blue", "flag"])
    #expect(table.numbers == [0, 0, 1, 1, 1, 0, 0, 0])
    #expect(table.values == [0.5, 1.5])
  }

  @Test func readsSparseRows() throws {
    let table = try load(
      """
      @attribute a numeric
      @attribute b numeric
      @attribute kind {no,'y es'}
      @data
      {0 2.5, 2 'y es'}
      {}
      {1 -1}
      """)
    #expect(table.numbers == [2.5, 0, 0, 0, 0, -1])
    #expect(table.labels == [1, 0, 0])
  }

  /// Files as written by Weka and other programs: blanks, tabs, comments and commas in all places
  /// where they are allowed.
  @Test func readsWekasFreedoms() throws {
    let table = try load(
      """
      @RELATION x
      @ATTRIBUTE  'it\\'s 50\\%'\tInteger
      @attribute "tab\\there" REAL % a comment
      @attribute kind { 'a, b' , "c } d",\u{e9}, 'x\\u0031', }

      @Data
      1, 2, 'a, b' % a comment, with 'a quote
      3\t4\t"c } d"
      5 6 \u{e9},
        % a line
      7,8,x1
      """)
    #expect(table.featureNames == ["it's 50%", "tab\there"])
    #expect(table.numbers == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(table.targets.names == ["a, b", "c } d", "\u{e9}", "x1"])
    #expect(table.labels == [0, 1, 2, 3])
  }

  @Test func readsSparseRowsWithQuotes() throws {
    let table = try load(
      """
      @attribute a numeric
      @attribute b {X,Y Z}
      @attribute kind {"kind A", "kind, B", "it's }"}
      @data
      {0 0.5 , 1 'Y Z',2 "kind, B"}
      { 2 'it\\'s }' } % a comment
      {0\t1,}
      """.replacing("{X,Y Z}", with: "{X,'Y Z'}"))
    #expect(table.numbers == [0.5, 0, 1, 0, 1, 0, 1, 1, 0])
    #expect(table.labels == [1, 2, 0])
  }

  @Test(arguments: [
    "1,x,{0.5}", "1,x,{ 0.5 }", "{0 1}, {0.5}", "{0 1},{0.5} % a comment", "1 x {0.5}",
  ])
  func readsWeightsOfRows(row: String) throws {
    let text = "@attribute a real\n@attribute b {x,y}\n@data\n3,y\n\(row)\n4,y\n"
    let table = try load(text)
    #expect(table.weights == [1, 0.5, 1] && table.numbers == [3, 1, 4])
    let column = text.replacing("@attribute b", with: "@attribute w real\n@attribute b")
      .replacing("3,y", with: "3,1,y").replacing("4,y", with: "4,1,y")
      .replacing("1,x", with: "1,1,x").replacing("{0 1}", with: "{0 1,1 1}")
      .replacing("1 x", with: "1 1 x")
    let error = #expect(throws: DataError.self) {
      try load(column, DataOptions(weightColumn: "w"))
    }
    #expect("\(error as Any)".contains("line 6: the row has a weight in braces"))
  }

  @Test(arguments: [
    (2, "'", ["a", "b"], ["x", "y"]), (-1, "\"", ["y"], ["a", "b", "x"]),
    (-2, "", ["x", "y"], ["a", "b"]),
  ])
  func readsTheLabelsOfMEKA(
    count: Int, quote: String, labels: [String], inputs: [String]
  ) throws {
    let table = try load(
      """
      @relation \(quote)Some name: -V 3 -C \(count)\(quote)
      @attribute a {0,1}
      @attribute b {0,1}
      @attribute x {0,1}
      @attribute y {0,1}
      @data
      0,1,0,1
      1,1,0,0
      """, DataOptions(task: .multiLabel))
    #expect(table.targets.names == labels && table.featureNames == inputs)
  }

  @Test func optionsComeBeforeMEKAs() throws {
    let text = "@relation 'n: -C 2'\n@attribute a {0,1}\n@attribute b {0,1}\n@attribute c real\n"
    let rows = "@data\n0,1,5\n1,1,6\n0,0,7\n"
    let told = try load(text + rows, DataOptions(targetColumns: ["a"]))
    #expect(told.featureNames == ["b", "c"] && told.targets.task == .classification)
    let found = try load(text + rows)
    #expect(found.targets.task == .multiLabel && found.featureNames == ["c"])
    // A count that equals the number of columns, or a name that only ends like this, is ignored.
    for relation in ["'n: -C 3'", "'-C 2'", "'n: -C x'", "'n: -C'"] {
      let other = text.replacing("'n: -C 2'", with: relation)
      #expect(try load(other + rows, DataOptions(task: .regression)).targets.names == ["c"])
    }
  }

  /// KEEL's files are ARFF files with ranges and lists of columns.
  @Test func readsKEELsLists() throws {
    let table = try load(
      """
      @relation iris
      @attribute kind {p, q}
      @attribute length real [4.3, 7.9]
      @attribute width real[2.0,4.4]
      @inputs length, width
      @outputs kind
      @data
      p, 5.1, 3.5
      q, 4.9, 3.0
      """)
    #expect(table.featureNames == ["length", "width"] && table.targets.names == ["p", "q"])
    #expect(table.numbers == [5.1, 3.5, 4.9, 3])
  }

  private static let multiLabel = """
    @attribute x numeric
    @attribute happy {0,1}
    @attribute sad&lonely {0,1}
    @data
    0.5,1,0
    1.5,0,1
    """

  @Test(arguments: ["set.xml", "set-train.xml"])
  func findsTheLabelFileBeside(name: String) throws {
    // In another order than the columns, whose order applies.
    try folder.write(
      Array(
        """
        <?xml version="1.0" encoding="utf-8"?><!-- <label name="not this"> -->
        <labels xmlns="http://mulan.sourceforge.net/labels">
        <label name="sad&amp;lonely"></label> <label kind='>' name = 'happy' />
        </labels>
        """.utf8), to: name)
    let table = try load(Self.multiLabel)
    guard case .labels(let values, let names) = table.targets else {
      Issue.record("\(table.targets) are no labels")
      return
    }
    #expect(table.numbers == [0.5, 1.5])
    #expect(names == ["happy", "sad&lonely"])
    #expect(values == [1, 0, 0, 1])
  }

  @Test func withoutALabelFileTheLastColumnIsTheTarget() throws {
    #expect(try load(Self.multiLabel).features == 2)
    let chosen = try load(
      Self.multiLabel, DataOptions(targetColumns: ["happy", "sad&lonely"]))
    #expect(chosen.features == 1 && chosen.outputs == 2)
  }

  @Test(arguments: [
    ("", "this is an empty file"),
    ("\n", "ends without @data"),
    ("1,2,3\n", "expected @relation, @attribute or @data, not \"1,2,3\""),
    ("@data\n1\n", "line 1: @data comes before any @attribute"),
    ("@attribute a\n@data\n1\n", "line 1: \"a\" has the type \"\""),
    ("@attribute a complex\n", "\"a\" has the type \"complex\""),
    ("@attribute a {x,x}\n", "must declare at least one value"),
    ("@attribute a {}\n", "must declare at least one value"),
    ("@attribute a {x\n", "a { has no matching }"),
    ("@attribute 'a numeric\n", "line 1 opens a quote that is never closed"),
    ("@attribute\n", "must be followed by a name"),
    ("@attribute b relational\n", "\"b\" is relational, with a table in each row"),
    ("@end b\n", "@end closes a relational attribute"),
    ("@attribute a string\n@attribute b {x,y}\n@data\n?,x\n", "the column \"a\" has no value"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n1,z\n", "line 4, column 2 (b) is \"z\", but"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n1\n", "line 4 has 1 field, but"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n?,x\n", "line 4, column 1 (a) has no value"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n1,?\n", "line 4, column 2 (b) has no value"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n", "no row of data"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n{0 1\n", "must end with }"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n{2 1}\n", "from 0 to 1, and its value"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n{0}\n", "from 0 to 1, and its value"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n{0 1 2}\n", "from 0 to 1, and its value"),
    (
      "@attribute a real\n@attribute b {x,y}\n@data\n{0 1,0 2}\n",
      "column 0 of a sparse row has two"
    ),
    ("@attribute a real\n@attribute b {x,y}\n@data\n{0 1} 2\n", "must end with }"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n{1 'x}\n", "line 4 opens a quote"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n1,x,y,\n", "line 4 has"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n12%,x\n", "per cent"),
    (
      "@attribute a real\n@attribute b {x,y}\n@data\n1,x,{-1}\n", "a number from 0 on is needed"
    ),
  ])
  func saysWhatIsWrong(text: String, words: String) throws {
    let error = #expect(throws: DataError.self) { try load(text) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words), "\(String(describing: error))")
  }

  @Test(arguments: [
    ("", "no <label name"),
    ("<labels></labels>", "no <label name"),
    ("<label name=\"a\"", "a < has no matching >"),
    ("<!-- <label name=\"a\">", "a comment has no end"),
    ("<label/>", "a label has no name"),
    ("<label name=a />", "no quotes around its value"),
    ("<label name=\"&auml;\"/>", "the entity \"auml\" is not known"),
    ("<label name=\"a&b\"/>", "an & has no ;"),
    ("<label name=\"happy\"/><label name=\"happy\"/>", "two labels are named \"happy\""),
    ("<label name=\"glad\"/>", "there is no column \"glad\""),
  ])
  func saysWhatIsWrongWithALabelFile(text: String, words: String) throws {
    try folder.write(Array(text.utf8), to: "set.xml")
    let error = #expect(throws: DataError.self) { try load(Self.multiLabel) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words), "\(String(describing: error))")
  }

  @Test func declaredSpellingsOfANumberAreOneClass() throws {
    let table = try load(
      "@relation r\n@attribute a numeric\n@attribute c {2,1,1.0}\n@data\n1,1\n2,1.0\n3,2\n")
    #expect(table.targets.names == ["2", "1"] && table.labels == [1, 1, 0])
  }
}
