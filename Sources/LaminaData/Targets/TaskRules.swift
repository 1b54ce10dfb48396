/// The rules that detect the task from the targets. `docs/data.md` lists them in a table.
enum TaskRules {
  /// With more different whole numbers than this, the task must be given.
  static let mostClasses = 1000
  /// Up to this many different whole numbers are classes if each occurs twice on average, or if
  /// they count from 0 or 1 without gaps and, with three or more, some occur more than once.
  private static let fewClasses = 20
  /// More of them are classes if each occurs at least this often on average.
  private static let manyRows = 10

  /// Detects the task of `part`, which has no missing targets, and the decision that explains it.
  static func task(of part: ExamplePart) throws(TargetProblem) -> (DataTask, DataDecision) {
    guard let first = part.targets.first else { throw .none }
    return part.targets.count == 1 ? try oneColumn(first, of: part) : try severalColumns(part)
  }

  // MARK: One column

  private static func oneColumn(
    _ column: TargetColumn, of part: ExamplePart
  ) throws(TargetProblem) -> (DataTask, DataDecision) {
    let target = "target \(quoted(column.name))"
    let content = TargetContent(column)
    if let declared = column.declared {
      return decision(
        .classification, "\(target): \(declared.count) declared values",
        hasChoice: content.areNumbers)
    }
    guard content.areNumbers else { return try texts(column, content, of: part) }
    guard content.areWhole else {
      return decision(.regression, "\(target): numbers with fractions in \(rowCount(content.rows))")
    }
    let count = content.numbers.count
    guard count <= mostClasses else {
      throw .manyClasses(count: count, column: column.name)
    }
    let numbers =
      "\(target): \(count) different whole \(count == 1 ? "number" : "numbers") in "
      + rowCount(content.rows)
    let areFew =
      count <= fewClasses
      && (content.rows >= 2 * count || (content.isRun && (content.rows > count || count <= 2)))
    return decision(
      areFew || content.rows >= manyRows * count ? .classification : .regression, numbers)
  }

  /// The task of a column with texts: classification, unless most values are numbers.
  private static func texts(
    _ column: TargetColumn, _ content: TargetContent, of part: ExamplePart
  ) throws(TargetProblem) -> (DataTask, DataDecision) {
    let odd = (0..<content.rows).first { NumberText.explanation(of: column.text($0)) != nil }
    if let row = odd, isNumeric(column, content) {
      throw .oddNumber(
        place: part.places.description(of: row), column: column.name, text: column.text(row),
        reason: NumberText.explanation(of: column.text(row)) ?? "")
    }
    if 2 * content.numberCount > content.rows, let row = content.firstOther {
      throw .textAmongNumbers(
        place: part.places.description(of: row), column: column.name, text: column.text(row),
        numbers: content.numberCount)
    }
    let count = Set((0..<content.rows).map { ClassName.name(column.text($0)) }).count
    return decision(
      .classification,
      "target \(quoted(column.name)): \(count) different texts in \(rowCount(content.rows))",
      hasChoice: false)
  }

  /// Whether more than half of the cells are numbers or look like numbers.
  private static func isNumeric(_ column: TargetColumn, _ content: TargetContent) -> Bool {
    let odd = (0..<content.rows).count { NumberText.explanation(of: column.text($0)) != nil }
    return 2 * (content.numberCount + odd) > content.rows
  }

  // MARK: Several columns

  private static func severalColumns(
    _ part: ExamplePart
  ) throws(TargetProblem) -> (DataTask, DataDecision) {
    let contents = part.targets.map(TargetContent.init)
    let names = "targets \(listed(part.targets.map { quoted($0.name) }))"
    let hasMinusOne = contents.contains(where: \.hasMinusOne)
    if contents.allSatisfy(\.areLabels), !(hasMinusOne && contents.contains(where: \.hasZero)) {
      let isOneHot = OneHotClasses.holds(part.targets)
      let what =
        hasMinusOne
        ? "only -1 and 1, read as 0 and 1"
        : isOneHot ? "only 0 and 1, one 1 in each row" : "only 0 and 1"
      return (
        .multiLabel,
        DataDecision(
          subject: "task", text: "\(names): \(what) -> multi_label",
          remedy: isOneHot
            ? "--task classification makes the columns classes"
            : "--task regression overrides this")
      )
    }
    for (column, content) in zip(part.targets, contents) {
      guard let row = content.firstOther else { continue }
      throw .notOfTask(
        place: part.places.description(of: row), column: column.name, text: column.text(row),
        wanted: "a number in each of several target columns")
    }
    return decision(.regression, "\(names): numbers")
  }

  // MARK: Words

  /// - Parameter hasChoice: Whether the targets could be for the other task.
  private static func decision(
    _ task: DataTask, _ found: String, hasChoice: Bool = true
  ) -> (DataTask, DataDecision) {
    let other: DataTask = task == .regression ? .classification : .regression
    return (
      task,
      DataDecision(
        subject: "task", text: "\(found) -> \(task.rawValue)",
        remedy: hasChoice ? "--task \(other.rawValue) overrides this" : nil)
    )
  }

  private static func quoted(_ name: String) -> String { "'\(shortened(name))'" }

  private static func rowCount(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}
