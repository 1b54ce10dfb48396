import Lamina

/// The interpretation of the targets of a data set, for all parts. It is derived from the training
/// part or taken from a model.
struct TargetPlan {
  /// The task.
  let task: DataTask
  /// The names of the classes, or of the target columns.
  let names: [String]
  /// The decisions about the task.
  let decisions: [DataDecision]
  /// The index of each class.
  private let classes: [ExactText: Int]

  /// Detects the task of `part`, or checks that its targets fit the given task.
  init(_ part: ExamplePart, task told: DataTask?) throws(TargetProblem) {
    if told != .autoEncoding { try part.checkTargetsArePresent() }
    var found: [DataDecision] = []
    if let told {
      task = told
    } else {
      let (task, decision) = try TaskRules.task(of: part)
      self.task = task
      found.append(decision)
    }
    switch task {
    case .classification:
      names = try ClassNames.names(of: part)
      guard names.count > 1 else { throw .oneClass(name: names.first ?? "") }
    case .multiLabel, .regression:
      guard !part.targets.isEmpty else { throw .none }
      names = part.targets.map(\.name)
    case .autoEncoding: names = []
    }
    decisions = found
    classes = Dictionary(places: names)
  }

  /// Takes the interpretation of a model.
  init(_ schema: DataSchema) {
    (task, names, decisions) = (schema.task, schema.outputs, [])
    classes = Dictionary(places: schema.outputs)
  }

  /// The targets of a part, which may be the training part or another one.
  func targets(of part: ExamplePart) throws(TargetProblem) -> Dataset.Targets {
    if task == .autoEncoding { return .inputs }
    try part.checkTargetsArePresent()
    switch task {
    case .classification: return .classes(try classes(of: part), classNames: names)
    case .multiLabel: return .labels(try labels(of: part), names: names)
    case .regression: return .values(try values(of: part), names: names)
    case .autoEncoding: return .inputs
    }
  }

  private func classes(of part: ExamplePart) throws(TargetProblem) -> [Int32] {
    if part.targets.count > 1 { return try oneHotClasses(of: part) }
    guard let column = part.targets.first else { throw .oneColumn(found: 0) }
    var result: [Int32] = []
    for row in 0..<column.count {
      guard let place = classes[ExactText(ClassName.name(column.text(row)))] else {
        throw .unknownClass(
          place: part.places.description(of: row), text: column.text(row), known: names)
      }
      result.append(Int32(place))
    }
    return result
  }

  /// The classes of one-hot columns, whose names are the classes.
  private func oneHotClasses(of part: ExamplePart) throws(TargetProblem) -> [Int32] {
    let columns = part.targets
    guard columns.map(\.name) == names else {
      throw .columnsDiffer(found: columns.map(\.name), wanted: names)
    }
    var result: [Int32] = []
    for row in 0..<columns[0].count {
      guard let column = OneHotClasses.column(of: row, in: columns) else {
        throw .notOneHot(place: part.places.description(of: row), columns: columns.count)
      }
      result.append(Int32(column))
    }
    return result
  }

  private func labels(of part: ExamplePart) throws(TargetProblem) -> [Float] {
    try checkColumns(part)
    let contents = part.targets.map(TargetContent.init)
    let mixesSigns = contents.contains(where: \.hasMinusOne) && contents.contains(where: \.hasZero)
    return try rows(of: part, wanted: "0 or 1, or -1 or 1 in all rows,") { column, row in
      mixesSigns && column.number(row) == -1 ? nil : column.label(row)
    }
  }

  private func values(of part: ExamplePart) throws(TargetProblem) -> [Double] {
    try checkColumns(part)
    return try rows(
      of: part, wanted: "a finite 32-bit number, exact in 64-bit floats if it is whole,"
    ) { column, row in
      let number = column.number(row)
      if let whole = column.whole(row), number.flatMap({ Int(exactly: $0) }) != whole { return nil }
      return number
    }
  }

  private func rows<Number>(
    of part: ExamplePart, wanted: String, _ number: (TargetColumn, Int) -> Number?
  ) throws(TargetProblem) -> [Number] {
    var rows: [Number] = []
    for row in 0..<(part.targets.first?.count ?? 0) {
      for column in part.targets {
        guard let number = number(column, row) else {
          throw .notOfTask(
            place: part.places.description(of: row), column: column.name,
            text: column.text(row), wanted: wanted)
        }
        rows.append(number)
      }
    }
    return rows
  }

  private func checkColumns(_ part: ExamplePart) throws(TargetProblem) {
    guard part.targets.map(\.name) == names else {
      throw .columnsDiffer(found: part.targets.map(\.name), wanted: names)
    }
  }
}

extension ExamplePart {
  /// Throws if a target is missing.
  fileprivate func checkTargetsArePresent() throws(TargetProblem) {
    for column in targets {
      guard let row = column.firstMissing else { continue }
      throw .missing(
        place: places.description(of: row), column: column.name, text: column.text(row))
    }
  }
}
