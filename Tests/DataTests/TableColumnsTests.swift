import Foundation
import Lamina
import Testing

@testable import LaminaData

/// Tables with texts, truth values, dates and gaps.
struct TableColumnsTests {
  private let reading: TableReading

  init() throws { reading = try TableReading() }

  private static let train = """
    age,job,hours,city,y
    31,clerk,40,Rome,a
    ,smith,38.5,Oslo,b
    47,clerk,,Oslo,a
    22,,20,Zürich,b
    58,baker,60,Rome,a
    31,smith,40,,b

    """
  private static let test = """
    y,city,job,age,hours
    a,Oslo,pilot,40,
    b,Lima,baker,,35

    """

  private func load(
    _ train: String, test: String? = nil, name: String = "table.csv",
    _ change: (inout DataOptions) -> Void = { _ in }
  ) throws -> LoadedData {
    let path = try reading.folder.write(Array(train.utf8), to: name)
    var options = DataOptions()
    options.test = try test.map { try reading.folder.write(Array($0.utf8), to: "test-" + name) }
    change(&options)
    return try DataSource(path, options: options).read()
  }

  private func problem(_ text: String, _ change: (inout DataOptions) -> Void = { _ in }) -> String {
    do { _ = try load(text, change) } catch { return "\(error)" }
    return ""
  }

  /// The inputs as a network sees them, with numbers standardised.
  private func scaled(_ dataset: Dataset, _ data: LoadedData) -> [Float] {
    dataset.scaledInputs(by: .standard(fitting: data.split.train))
  }

  private func areNear(_ found: [Float], _ wanted: [Float]) -> Bool {
    // scikit-learn computes in 64 bits too; the golden numbers have 7 digits.
    found.count == wanted.count && zip(found, wanted).allSatisfy { abs($0 - $1) <= 2e-6 }
  }

  /// The numbers of scikit-learn 1.9: `ColumnTransformer` with, for each column in turn,
  /// `SimpleImputer(strategy="median")` and `StandardScaler`, or
  /// `SimpleImputer(strategy="most_frequent")` and `OneHotEncoder(handle_unknown="ignore")`, fitted
  /// to the training part.
  @Test func agreesWithColumnTransformer() throws {
    let data = try load(Self.train, test: Self.test) { $0.missing = .impute }
    let train: [Float] = [
      -0.4696921, 0, 1, 0, 0.02162531, 0, 1, 0,
      -0.4696921, 0, 0, 1, -0.10812654, 1, 0, 0,
      0.8564974, 0, 1, 0, 0.02162531, 1, 0, 0,
      -1.2156737, 0, 1, 0, -1.7083993, 0, 0, 1,
      1.7682527, 1, 0, 0, 1.75165, 0, 1, 0,
      -0.4696921, 0, 0, 1, 0.02162531, 1, 0, 0,
    ]
    let test: [Float] = [
      0.2762895, 0, 0, 0, 0.02162531, 1, 0, 0,
      -0.4696921, 1, 0, 0, -0.41088083, 0, 0, 0,
    ]
    #expect(areNear(scaled(data.split.train, data), train))
    #expect(areNear(scaled(data.split.test, data), test))
    #expect(
      data.schema.inputNames == [
        "age", "job=baker", "job=clerk", "job=smith", "hours", "city=Oslo", "city=Rome",
        "city=Zürich",
      ])
    #expect(
      data.columns.map(\.missing) == [1, 1, 1, 1] && data.columns.map(\.rows) == [6, 6, 6, 6])
    let unknown = data.decisions.filter { $0.subject == "unknown-values" }
    #expect(unknown.map(\.column) == ["job", "city"])
  }

  /// The same with `MissingIndicator(features="missing-only")` after each column.
  @Test func flagsAgreeWithMissingIndicator() throws {
    let data = try load(Self.train, test: Self.test) { $0.missing = .flag }
    let test: [Float] = [
      0.2762895, 0, 0, 0, 0, 0, 0.02162531, 1, 1, 0, 0, 0,
      -0.4696921, 1, 1, 0, 0, 0, -0.41088083, 0, 0, 0, 0, 0,
    ]
    #expect(areNear(scaled(data.split.test, data), test))
    #expect(data.schema.inputNames.filter { $0.hasSuffix(" is missing") }.count == 4)
    // A column without gaps gets no flag.
    let whole = try load("a,b,y\n1,,p\n2,5,q\n3,6,p\n", test: "a,b,y\n,7,p\n") {
      $0.missing = .flag
    }
    #expect(whole.schema.inputNames == ["a", "b", "b is missing"])
    #expect(whole.split.test.inputs == .doubles([2, 7, 0]))
  }

  @Test func fittingSeesOnlyTheTrainingPart() throws {
    let rows = (0..<40).map { "\($0),c\($0 % 8),\($0 % 2 == 0 ? "p" : "q")\n" }.joined()
    let data = try load("a,c,y\n" + rows + "1000,only,p\n") {
      $0.missing = .impute
      $0.testShare = 0.5
      $0.splitSeed = 3
    }
    guard case .doubles(let inputs) = data.split.train.inputs else { return }
    let numbers = stride(from: 0, to: inputs.count, by: data.split.train.features)
      .map { inputs[$0] }.sorted()
    let middle = numbers.count / 2
    let median =
      numbers.count % 2 == 0 ? (numbers[middle - 1] + numbers[middle]) / 2 : numbers[middle]
    #expect(data.schema.columns[0].filling?.value == median)
    guard case .categories(let categories) = data.schema.columns[1].content else { return }
    #expect(categories.values.count == data.split.train.features - 1)
    let isThere = inputs.contains(1000)
    #expect(categories.values.contains("only") == isThere)
  }

  @Test(arguments: [
    ("1\n2.5\n-3e2\n", "number"), ("true\nFALSE\nyes\n", "boolean"), ("a\nb\na\n", "category"),
    ("3+\n4\n5\n3+\n3+\n", "category"), ("yes\nno\nno service\n", "category"),
    ("2026-11-28\n2026-01-05\n", "date"), ("2026-11-28 10:30\n2026-01-05T07:00:00Z\n", "date"),
    ("28.11.2026\n1.2.2026\n", "date"), ("13/1/2026\n1/2/2026\n", "date"),
    ("1/13/2026\n1/2/2026\n", "date"), ("2026-02-30\n2026-02-28\n", "category"),
    ("-\na\n-\n", "category"), ("-\n1\n2\n", "number"), ("NA\na\nb\n", "category"),
  ])
  func contentsAreFound(_ fields: String, _ kind: String) throws {
    let lines = fields.split(separator: "\n").enumerated().map { "\($1),\($0 % 2)\n" }.joined()
    let data = try load("x,y\n" + lines + lines) {
      $0.missing = .impute
      $0.testShare = 0.5
      $0.task = .regression
    }
    #expect(data.schema.columns.map(\.content.name) == [kind])
  }

  @Test func numbersCanBeCategories() throws {
    let data = try load("code,x,y\n10,1,p\n9,2,q\n10,3,p\n", test: "code,x,y\n9,1,p\n") {
      $0.categoryColumns = ["code"]
    }
    #expect(data.schema.inputNames == ["code=9", "code=10", "x"])
    #expect(data.split.test.inputs == .doubles([1, 0, 1]))
    #expect(
      problem("code,x,y\n10,1,p\n9,2,q\n") { $0.categoryColumns = ["y"] }
        .contains("column 3 (y) is no input"))
  }

  @Test func datesAreLinearAndCyclic() throws {
    let text = "t,y\n1999-12-31 06:00,1\n2000-02-29 00:00,2.5\n"
    let data = try load(text, test: text) { $0.task = .regression }
    guard case .doubles(let inputs) = data.split.train.inputs else { return }
    // Python: date.toordinal() - 719163; day 364 of 365, a Friday, a quarter of the day.
    let (year, week) = (2 * Double.pi * 364 / 365, 8 * Double.pi / 7)
    let wanted = [10956.25, sin(year), cos(year), sin(week), cos(week), 1, 0]
    #expect(zip(inputs.prefix(7), wanted).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(inputs[7] == 11016 && data.split.train.features == 7)
    #expect(data.split.train.unscaledFeatures == Set(1...6))
    #expect(try load(text, test: text) { $0.dates = .linear }.schema.inputNames == ["t"])
    #expect(try load(text, test: text) { $0.dates = .cyclic }.schema.inputNames.count == 6)
    let category = try load(text, test: text) { $0.dates = .category }
    #expect(category.schema.columns[0].content.name == "category")
  }

  @Test(arguments: [
    ("x,y\n,1\na,2\nb,2\n", "(x) has no value; --missing impute"),
    ("x,y\n1/2/2026,1\n3/4/2026,2\n", "--date-order day_first or --date-order month_first"),
    ("x,y\n1,1\n2,2\n3,1\nthree,2\n", "line 5, column 1 (x) is \"three\""),
    ("x,y\n\"1,000\",1\n\"2,000\",2\n", "--thousands comma"),
    ("x,z,y\n,1,1\n,2,2\n", "the column \"x\" has no value"),
    ("x,z,y\n" + (0..<30).map { "name \($0),1,\($0 % 2)\n" }.joined(), "\"x\" (30)"),
    ("x,z,y\ne\u{301},1,1\n\u{e9},2,2\na,2,1\n", "look alike"),
  ])
  func saysWhatIsWrong(_ text: String, _ words: String) {
    #expect(problem(text).contains(words), "\(problem(text))")
  }

  /// A model reads new data block by block as it reads them whole.
  @Test func newDataBecomeTheSameInputs() throws {
    let data = try load(Self.train, test: Self.test) { $0.missing = .flag }
    let path = try reading.folder.write(Array(Self.test.utf8), to: "new.csv")
    let source = DataSource(path, schema: data.schema)
    let stream = try source.stream(inputs: data.schema.inputNames.count, imageSize: nil)
    let block = try #require(try stream.next())
    #expect(block.examples.inputs == data.split.test.inputs)
    let unknown = stream.decisions.filter { $0.subject == "unknown-values" }
    #expect(unknown.map(\.column) == ["job", "city"])
    #expect(unknown.first?.text.contains("such as \"pilot\" in line 2") == true)
    let (test, decisions) = try source.readTest()
    #expect(test.inputs == data.split.test.inputs)
    #expect(decisions.filter { $0.subject == "unknown-values" }.count == 2)
  }

  @Test func modelsWithoutFillingRefuseGaps() throws {
    let data = try load("a,c,y\n1,u,p\n2,v,q\n", test: "a,c,y\n1,u,p\n")
    for text in ["a,c\n,u\n", "a,c\n1,\n"] {
      let path = try reading.folder.write(Array(text.utf8), to: "gap.csv")
      let stream = try DataSource(path, schema: data.schema).stream(inputs: 3, imageSize: nil)
      let error = #expect(throws: DataError.self) { try stream.next() }
      #expect("\(error.map { "\($0)" } ?? "")".contains("train the model with --missing impute"))
    }
  }

  @Test func columnsOfModelsAreReadBack() throws {
    let data = try load(Self.train, test: Self.test) { $0.missing = .flag }
    var columns = data.schema.columns
    columns.append(
      .init(
        name: "d", content: .dates(.init(order: .dayFirst, use: .cyclic, hasTime: true)),
        filling: .init(value: 5, isFlagged: false)))
    columns.append(.init(name: "t", content: .truths))
    let text = try JSONEncoder().encode(columns)
    #expect(try JSONDecoder().decode([DataSchema.Column].self, from: text) == columns)
    let old = Data(#"[{"name":"x"},{"name":"c","values":["p","q"]}]"#.utf8)
    #expect(
      try JSONDecoder().decode([DataSchema.Column].self, from: old)
        == [.init(name: "x"), .init(name: "c", values: ["p", "q"])])
    for wrong in [
      #"[{"name":"x","kind":"other"}]"#, #"[{"name":"x","kind":"category","values":[]}]"#,
      #"[{"name":"x","values":["a"],"missing":{"value":3,"isFlagged":false}}]"#,
      #"[{"name":"x","missing":{"value":1e300,"isFlagged":false}}]"#,
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode([DataSchema.Column].self, from: Data(wrong.utf8))
      }
    }
  }

  @Test func textsAndGapsOfARFFFiles() throws {
    let text = """
      @relation r
      @attribute name string
      @attribute day date 'yyyy-MM-dd'
      @attribute n numeric
      @attribute colour {red,green}
      @attribute y {p,q}
      @data
      bob,2026-01-01,?,red,p
      eve,2026-01-02,4,?,q
      bob,?,5,red,p
      """
    let data = try load(text, test: text, name: "t.arff") {
      $0.missing = .impute
      $0.dates = .linear
    }
    #expect(
      data.schema.columns.map(\.content.name) == ["category", "date", "number", "category"])
    let wanted: [Double] = [
      1, 0, 20454, 4.5, 1, 0,
      0, 1, 20455, 4, 1, 0,
      1, 0, 20454.5, 5, 1, 0,
    ]
    #expect(data.split.train.inputs == .doubles(wanted))
  }
}
