import Lamina
import LaminaData
import Testing

/// The task is detected from the targets, and the run reports it.
struct TaskRulesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ lines: [String], _ options: DataOptions = DataOptions()) throws -> LoadedData
  {
    let path = try folder.write(Array(lines.joined(separator: "\n").utf8), to: "t.csv")
    var options = options
    options.test = path
    return try DataSource(path, options: options).read()
  }

  /// A column `y` of these cells, repeated until there are `rows` of them.
  private func column(_ cells: [String], rows: Int) throws -> LoadedData {
    try read(["x,y"] + (0..<rows).map { "\($0),\(cells[$0 % cells.count])" })
  }

  private func sentence(_ read: () throws -> LoadedData) -> String {
    do {
      let data = try read()
      return "read as \(data.schema.task)"
    } catch { return "\(error)" }
  }

  static let whole: [(cells: [String], rows: Int, task: DataTask)] = [
    // 200 different prices in 200 rows, and 30 different ones with 10 rows each.
    ((0..<200).map { "\(1000 + 7 * $0)" }, 200, .regression),
    ((0..<30).map { "\(18 + $0)" }, 299, .regression),
    ((0..<30).map { "\(18 + $0)" }, 300, .classification),
    // Few of each digit, and half as many different numbers as rows.
    ((0..<10).map { "\($0)" }, 11, .classification),
    (["3", "5", "7", "9"], 7, .regression),
    (["3", "5", "7", "9"], 8, .classification),
    (["0", "1"], 2, .classification), (["-1", "1"], 4, .classification),
    (["0.0", "1.0", "2.0"], 12, .classification), (["0.5", "1", "2"], 12, .regression),
    (["true", "False"], 6, .classification), (["yes", "no"], 6, .classification),
  ]

  @Test(arguments: whole)
  func tellsClassesFromNumbers(_ cells: [String], _ rows: Int, _ task: DataTask) throws {
    let data = try column(cells, rows: rows)
    #expect(data.schema.task == task)
    let decision = try #require(data.decisions.first { $0.subject == "task" })
    #expect(decision.text.hasSuffix("-> \(task.rawValue)"))
    let other = task == .regression ? "classification" : "regression"
    let isText = cells.contains("yes") || cells.contains("true")
    #expect(decision.remedy == (isText ? nil : "--task \(other) overrides this"))
  }

  @Test func saysWhatItCounted() throws {
    let data = try column((0..<214).map { "\(50 + $0)" }, rows: 442)
    #expect(
      data.decisions.first { $0.subject == "task" }?.description
        == "target 'y': 214 different whole numbers in 442 rows -> regression; "
        + "--task classification overrides this")
    // A given task is not a decision.
    let told = try read(["x,y", "1,2", "2,3", "3,2"], DataOptions(task: .regression))
    #expect(!told.decisions.contains { $0.subject == "task" })
  }

  @Test func spellingsOfANumberAreOneClass() throws {
    for options in [DataOptions(), DataOptions(task: .classification)] {
      let data = try read(["x,y", "1,1", "2,1.0", "3,+1", "4,2", "5,2e0", "6,02"], options)
      #expect(data.split.train.targets.names == ["1", "2"])
      #expect(data.split.train.labels == [0, 0, 0, 1, 1, 1])
    }
    let halves = try read(
      ["x,y", "1,10.5", "2,9", "3,9.50", "4,9.5"], DataOptions(task: .classification))
    #expect(halves.split.train.targets.names == ["9", "9.5", "10.5"])
  }

  @Test(arguments: [
    "NA", "nan", "NaN", "NULL", "null", "N/A", "#N/A", "None", "?", "", "NaT", "\\N", "1.#QNAN",
    "#DIV/0!", "#VALUE!", "#N/A N/A", "(null)", "nil",
  ])
  func aMissingTargetIsNoClass(_ word: String) {
    let numbers = (0..<40).map { "\($0),\($0 == 7 ? word : "\(Double($0) + 0.5)")" }
    let texts = (0..<40).map { "\($0),\($0 == 7 ? word : $0 < 20 ? "a" : "b")" }
    for lines in [numbers, texts] {
      for task: DataTask? in [nil, .classification, .regression, .multiLabel] {
        let text = sentence { try read(["x,y"] + lines, DataOptions(task: task)) }
        #expect(text.contains("line 9"), "\(text)")
        #expect(text.contains("no value"), "\(text)")
      }
    }
  }

  @Test(arguments: [
    ("1,94", "comma"), ("44,966", "comma"), ("$3", "currency"), ("12 %", "per cent"),
    ("1e99", "32-bit"), ("3,5", "comma"),
  ])
  func oneOddCellMakesNoClasses(_ cell: String, _ reason: String) {
    let lines = ["x;y"] + (0..<40).map { "\($0);\($0 == 7 ? cell : "\(Double($0) + 0.5)")" }
    let text = sentence { try read(lines) }
    #expect(text.contains("line 9"), "\(text)")
    #expect(text.contains(reason), "\(text)")
    #expect(sentence { try read(lines, DataOptions(task: .regression)) }.contains("line 9"))
  }

  @Test func aTextAmongNumbersIsAnError() {
    let lines = ["x,y"] + (0..<40).map { "\($0),\($0 == 7 ? "cheap" : "\($0).5")" }
    let text = sentence { try read(lines) }
    #expect(text.contains("line 9: the target \"y\" is \"cheap\", but 39 others are numbers"))
    #expect(
      sentence { try read(lines, DataOptions(task: .classification)) }
        == "read as classification")
  }

  @Test func columnsOfLabelsAreRead() throws {
    let options = DataOptions(targetColumns: ["a", "b"])
    for (cells, what) in [
      (["0,1", "1,1", "0,0"], "only 0 and 1 ->"), (["-1,1", "1,1", "-1,-1"], "only -1 and 1"),
      (["False,True", "True,True", "False,False"], "only 0 and 1 ->"),
      (["no,yes", "yes,yes", "no,no"], "only 0 and 1 ->"),
    ] {
      let data = try read(["x,a,b"] + cells.map { "1,\($0)" }, options)
      guard case .labels(let labels, let names) = data.split.train.targets else {
        Issue.record("\(cells) were read as \(data.schema.task)")
        continue
      }
      #expect(labels == [0, 1, 1, 1, 0, 0] && names == ["a", "b"])
      #expect(data.decisions.contains { $0.text.contains(what) }, "\(data.decisions)")
    }
    // -1, 0 and 1 are numbers.
    #expect(try read(["x,a,b", "1,-1,0", "2,1,1"], options).schema.task == .regression)
    #expect(
      sentence {
        try read(
          ["x,a,b", "1,-1,0", "2,1,1"],
          DataOptions(task: .multiLabel, targetColumns: ["a", "b"]))
      }.contains("0 or 1, or -1 or 1 in all rows, is needed"))
  }

  @Test func oneHotColumnsAreClassesWhenSaid() throws {
    let lines = ["x,cat,dog,owl", "1,1,0,0", "2,0,0,1", "3,0,1,0", "4,0,0,1"]
    let columns: [ColumnReference] = ["cat", "dog", "owl"]
    let labels = try read(lines, DataOptions(targetColumns: columns))
    #expect(labels.schema.task == .multiLabel)
    #expect(
      labels.decisions.contains {
        $0.remedy == "--task classification makes the columns classes"
      })
    let options = DataOptions(task: .classification, targetColumns: columns)
    let classes = try read(lines, options).split.train
    #expect(classes.labels == [0, 2, 1, 2] && classes.targets.names == ["cat", "dog", "owl"])
    for row in ["5,1,1,0", "5,0,0,0", "5,0,2,0"] {
      let text = sentence { try read(lines + [row], options) }
      #expect(text.contains("line 6: the 3 target columns are not one-hot"), "\(text)")
    }
  }

  /// Canonically equivalent in Unicode, which Swift considers equal.
  @Test func classesOfTwoSpellingsAreRefused() {
    let text = sentence { try read(["x,y", "1,caf\u{e9}", "2,bar", "3,cafe\u{301}"]) }
    #expect(text.contains("of line 4 looks like that of line 2"), "\(text)")
  }

  @Test(arguments: ["p\u{a0}", "\u{feff}p", "p\u{200b}", "new\u{a0}york"])
  func classesThatLookAlikeAreRefused(_ name: String) {
    let other = name.contains("york") ? "new york" : "p"
    let text = sentence { try read(["x,y", "1,\(other)", "2,bar", "3,\(name)"]) }
    #expect(text.contains("of line 4 looks like that of line 2"), "\(text)")
    #expect(
      sentence { try read(["x,y", "1,newyork", "2,new york"]) } == "read as classification")
  }

  /// As in UCI's credit data. Among numbers, a dash is a missing value.
  @Test func aDashMayBeAClass() throws {
    let data = try read(["x,y", "1,+", "2,-", "3,+", "4,-"])
    #expect(data.split.train.targets.names == ["+", "-"])
    let numbers = ["x,y"] + (0..<20).map { "\($0),\($0 == 4 ? "-" : "\($0).5")" }
    #expect(sentence { try read(numbers) }.contains("line 6: the target \"y\" has no value (-)"))
  }

  /// Nanoseconds since 1970, and identifiers, as 64-bit integers.
  @Test func wholeNumbersBeyondDoublesAreNeverMerged() throws {
    let first = 9_007_199_254_740_992
    let classes = try read(["x,y"] + (0..<12).map { "\($0),\(first + $0 % 3)" })
    #expect(classes.split.train.targets.names == (0..<3).map { "\(first + $0)" })
    for lines in [
      ["x,y", "1420070400000000001,1", "1420070400000000002,2.5"],
      ["y,x", "0.5,1420070400000000001", "2.5,7"],
    ] {
      for column: ColumnReference in ["x", "y"] {
        let text = sentence {
          try read(lines, DataOptions(task: .regression, targetColumns: [column]))
        }
        #expect(text.contains("line 2"), "\(text)")
        #expect(text.contains("64-bit floats"), "\(text)")
      }
    }
  }

  @Test func columnsOfOneValueAreTold() throws {
    let data = try read(["a,b,y", "1,5,p", "2,5,q", "3,5,p"])
    #expect(
      data.decisions.contains {
        $0.text == "column b has one value, from which nothing can be learned"
      })
  }

  @Test func aClassOfOneIsTold() throws {
    let lines = ["x,y"] + (0..<20).map { "\($0),\($0 == 3 ? "rare" : $0 < 10 ? "a" : "b")" }
    let path = try folder.write(Array(lines.joined(separator: "\n").utf8), to: "r.csv")
    for stratify in [true, false] {
      for seed in 1...10 as ClosedRange<UInt64> {
        let options = DataOptions(validationShare: 0.2, splitSeed: seed, stratify: stratify)
        let data = try DataSource(path, options: options).read()
        #expect(data.split.train.classCounts[2] == 1)
        #expect(
          data.decisions.contains {
            $0.text == "the class rare has one example, which stays in the training part"
          })
      }
    }
  }
}
