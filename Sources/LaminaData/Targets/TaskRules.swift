/// The rules by which targets tell what they are for, where nobody says it. `docs/data.md` has them
/// as a table.
enum TaskRules {
  /// More different whole numbers are hardly classes, and hardly anything else without being told.
  static let mostClasses = 1000
  /// Up to so many different whole numbers are classes where each occurs twice on average, or where
  /// they count from 0 or 1 without a gap; three or more only where not each row has its own.
  private static let fewClasses = 20
  /// More of them are classes where each occurs so often on average.
  private static let manyRows = 10

  /// Finds the task of `part`, whose targets are all there, and says why.
  static func task(of part: ExamplePart) throws(TargetProblem) -> (DataTask, DataDecision) {
    guard let first = part.targets.first else { throw .none }
    return part.targets.count == 1
      ? try oneColumn(first, of: part) : try severalColumns(part)
  }

  // MARK: One column

  private static func oneColumn(
    _ column: TargetColumn, of part: ExamplePart
  ) throws(TargetProblem) -> (DataTask, DataDecision) {
    if let declared = column.declared {
      return decision(
        .classification, "target \(quoted(column.name)): \(declared.count) declared values")
    }
    let content = TargetContent(column)
    guard content.areNumbers else { return try texts(column, content, of: part) }
    let count = content.numbers.count
    let found = "\(rowCount(content.rows)) of target \(quoted(column.name))"
    guard content.areWhole else { return decision(.regression, "\(found): not all whole numbers") }
    guard count <= mostClasses else {
      throw .manyClasses(count: count, column: column.name)
    }
    let numbers =
      "target \(quoted(column.name)): \(count) different whole "
      + "\(count == 1 ? "number" : "numbers") in \(rowCount(content.rows))"
    let areFew =
      count <= fewClasses
      && (content.rows >= 2 * count || (content.isRun && (content.rows > count || count <= 2)))
    return decision(
      areFew || content.rows >= manyRows * count ? .classification : .regression, numbers)
  }

  /// A column with texts: classes, unless most of it is numbers.
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
      "target \(quoted(column.name)): \(count) different texts in \(rowCount(content.rows))")
  }

  /// Whether more than half of the cells are numbers, or would be but for their spelling.
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
          "task", "\(names): \(what) -> multi_label",
          remedy: isOneHot
            ? "--task classification makes the columns classes"
            : "--task regression says otherwise")
      )
    }
    for (column, content) in zip(part.targets, contents) {
      guard let row = content.firstOther else { continue }
      throw .notOfTask(
        place: part.places.description(of: row), column: column.name, text: column.text(row),
        wanted: "a number, as for several numbers or labels,")
    }
    return decision(.regression, "\(names): numbers")
  }

  // MARK: Words

  private static func decision(_ task: DataTask, _ found: String) -> (DataTask, DataDecision) {
    let other: DataTask = task == .regression ? .classification : .regression
    return (
      task,
      DataDecision(
        "task", "\(found) -> \(task.rawValue)",
        remedy: "--task \(other.rawValue) says otherwise")
    )
  }

  private static func quoted(_ name: String) -> String { "'\(shortened(name))'" }

  private static func rowCount(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}
