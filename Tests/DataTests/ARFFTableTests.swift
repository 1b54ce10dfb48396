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
    // In another order than the columns, whose order counts.
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
    ("1,2,3\n", "@relation, @attribute or @data should stand here, not \"1,2,3\""),
    ("@data\n1\n", "line 1: @data comes before any @attribute"),
    ("@attribute a\n@data\n1\n", "line 1: \"a\" has the type \"\""),
    ("@attribute a complex\n", "\"a\" has the type \"complex\""),
    ("@attribute a {x,x}\n", "should declare different values"),
    ("@attribute a {}\n", "should declare different values"),
    ("@attribute a {x\n", "a { has no }"),
    ("@attribute 'a numeric\n", "line 1 opens a quote that is never closed"),
    ("@attribute\n", "should be followed by a name"),
    ("@attribute a string\n@attribute b {x,y}\n@data\nz,x\n", "\"a\" is text, which is no input"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n1,z\n", "line 4, column 2 (b) is \"z\", and"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n1\n", "line 4 has 1 field, and"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n?,x\n", "line 4, column 1 (a) has no value"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n1,?\n", "line 4, column 2 (b) has no value"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n", "no row of data"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n{0 1\n", "should end with }"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n{2 1}\n", "from 0 to 1, and its value"),
    ("@attribute a real\n@attribute b {x,y}\n@data\n{0}\n", "from 0 to 1, and its value"),
  ])
  func saysWhatIsWrong(text: String, words: String) throws {
    let error = #expect(throws: DataError.self) { try load(text) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words), "\(String(describing: error))")
  }

  @Test(arguments: [
    ("", "no <label name"),
    ("<labels></labels>", "no <label name"),
    ("<label name=\"a\"", "a < has no >"),
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
}
