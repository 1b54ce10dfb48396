/// The columns of a table matched to those of the training data.
struct SchemaMatch {
  /// The columns of the training data.
  let schema: DataSchema
  /// The role of each column of the table.
  private(set) var roles: [ColumnRoles.Role]
  /// The table's column for each column of the schema.
  private(set) var features: [Int] = []
  /// The decisions about other columns.
  private(set) var decisions: [DataDecision] = []
  /// The columns that are kept besides the inputs, if targets are not read; nil if they are.
  private let kept: [Int]?

  /// Finds the columns of `schema` among `names`: by name if both have names, else by position.
  /// Returns nil without a schema or if it has no columns.
  ///
  /// - Parameters:
  ///   - schema: The columns of the training data.
  ///   - names: The names of the table's columns, or their numbers.
  ///   - isNamed: Whether `names` come from a header.
  ///   - options: The options of the training data.
  ///   - inputsOnly: The columns that are kept besides the inputs, if targets are not read; nil reads
  ///     them.
  init?(
    _ schema: DataSchema?, names: [String], isNamed: Bool, options: DataOptions,
    inputsOnly kept: [Int]? = nil
  ) throws(TableProblem) {
    guard let schema, !schema.columns.isEmpty else { return nil }
    self.schema = schema
    self.kept = kept
    roles = [ColumnRoles.Role](repeating: .ignored, count: names.count)
    guard schema.isNamed else {
      try matchPlaces(schema, names: names, isNamed: isNamed, options: options)
      return
    }
    guard isNamed else { throw .noHeader(wanted: schema.columns.map(\.name) + schema.targets) }
    try matchNames(schema, names: names, options: options)
  }

  private mutating func matchPlaces(
    _ schema: DataSchema, names: [String], isNamed: Bool, options: DataOptions
  ) throws(TableProblem) {
    let targets = options.targetsOfTable
    let problem = TableProblem.columnCount(
      found: names.count,
      wanted: schema.columns.count + max(schema.targets.count, targets?.count ?? 0)
        + options.ignoredColumns.count + (options.weightColumn == nil ? 0 : 1),
      targets: schema.targets.count)
    if kept != nil {
      guard let found = placesWithoutTargets(schema, count: names.count, options) else {
        throw problem
      }
      roles = found
    } else {
      do throws(TableProblem) {
        roles = try Self.roles(names.count, targets, options)
      } catch {
        throw problem
      }
    }
    features = roles.indices.filter { roles[$0] == .feature }
    guard features.count == schema.columns.count else { throw problem }
    if isNamed {
      decisions.note(
        "columns-by-place",
        "the training data had no header, so columns are matched by position, not by name")
    }
  }

  private static func roles(
    _ count: Int, _ targets: [ColumnReference]?, _ options: DataOptions
  ) throws(TableProblem) -> [ColumnRoles.Role] {
    let numbers = (0..<count).map { "\($0 + 1)" }
    return try ColumnRoles(names: numbers, targets: targets, options: options).roles
  }

  /// The roles of `count` columns without names: they are all columns of the training data, or all
  /// but the targets, or all but the targets and the weight. Targets and weight become ignored
  /// columns. Nil for another number of columns.
  private mutating func placesWithoutTargets(
    _ schema: DataSchema, count: Int, _ options: DataOptions
  ) -> [ColumnRoles.Role]? {
    let targets = options.targetsOfTable
    let more = options.ignoredColumns.count + (options.weightColumn == nil ? 0 : 1)
    let whole = schema.columns.count + max(schema.targets.count, targets?.count ?? 0) + more
    // Arrays of inputs have targets of their own, which have no place among the columns.
    guard let all = try? Self.roles(whole, targets, options) else {
      guard count == schema.columns.count else { return nil }
      return [ColumnRoles.Role](repeating: .feature, count: count)
    }
    func isTarget(_ role: ColumnRoles.Role) -> Bool {
      if case .target = role { true } else { false }
    }
    if count == whole {
      let names = all.indices.filter { isTarget(all[$0]) }.map { "\($0 + 1)" }
      noteTargets(names)
      return all.map { $0.isTold ? .ignored : $0 }
    }
    for rest in [all.filter { !isTarget($0) }, all.filter { !$0.isTold }] where rest.count == count
    {
      return rest.map { $0.isTold ? .ignored : $0 }
    }
    return nil
  }

  private mutating func noteTargets(_ names: [String]) {
    guard !names.isEmpty else { return }
    decisions.note(
      "targets",
      names.count == 1
        ? "the target column \(listed(names)) is there and is ignored"
        : "the target columns \(listed(names)) are there and are ignored")
  }

  private mutating func matchNames(
    _ schema: DataSchema, names: [String], options: DataOptions
  ) throws(TableProblem) {
    var search = NameSearch(names)
    let inputs = schema.columns.map(\.name)
    features = try search.places(of: inputs) { .missingInputs($0, names: names) }
    for place in features { roles[place] = .feature }
    let isCoder = schema.task == .autoEncoding || options.task == .autoEncoding
    let wanted = isCoder || kept != nil ? [] : schema.targets
    let targets = try search.places(of: wanted) { .missingTargets($0, names: names) }
    for (number, place) in targets.enumerated() { roles[place] = .target(number) }
    try search.refuseMore(of: inputs + wanted)
    var told = Set(
      (options.ignoredColumns + (options.groupColumn.map { [$0] } ?? [])).map {
        ExactText($0.text)
      })
    if let kept {
      let known = Set(schema.targets.map { ExactText($0) })
      let places = names.indices.filter { roles[$0] == .ignored && !kept.contains($0) }
      noteTargets(places.map { names[$0] }.filter { known.contains(ExactText($0)) })
      told.formUnion(known.union((options.weightColumn.map { [ExactText($0.text)] } ?? [])))
    } else if let weight = options.weightColumn {
      try takeWeight(weight, names: names)
    }
    if features != features.sorted() {
      decisions.note(
        "column-order",
        "columns are in another order than in the training data and are matched by name")
    }
    let ignored = names.indices.filter {
      roles[$0] == .ignored && !told.contains(ExactText(names[$0]))
        && kept?.contains($0) != true
    }
    guard !ignored.isEmpty else { return }
    let list = listed(ignored.map { names[$0].isEmpty ? "column \($0 + 1)" : names[$0] })
    decisions.note(
      "ignored-columns",
      ignored.count == 1
        ? "1 column is neither an input nor a target of the model and is ignored: \(list)"
        : "\(ignored.count) columns are neither inputs nor targets of the model and are ignored: "
          + list)
  }
}

extension SchemaMatch {
  /// Takes the weight column if there is one. New data need no weights.
  fileprivate mutating func takeWeight(
    _ weight: ColumnReference, names: [String]
  ) throws(TableProblem) {
    let place: Int
    do throws(TableProblem) { place = try ColumnRoles.index(of: weight, in: names) } catch {
      guard case .noColumn = error else { throw error }
      decisions.note(
        "weights", "there is no weight column \(weight.text): all examples count equally")
      return
    }
    guard roles[place] == .ignored else {
      throw .chosenTwice(column: place + 1, name: names[place])
    }
    roles[place] = .weight
  }
}

/// Finds names byte for byte. The second request for a name finds the second column of that name.
private struct NameSearch {
  private let names: [String]
  private let places: [ExactText: [Int]]
  private var taken: [ExactText: Int] = [:]

  init(_ names: [String]) {
    self.names = names
    places = Dictionary(grouping: names.indices) { ExactText(names[$0]) }
  }

  mutating func places(
    of wanted: [String], missing problem: ([String]) -> TableProblem
  ) throws(TableProblem) -> [Int] {
    var (found, missing): ([Int], [String]) = ([], [])
    for name in wanted {
      let key = ExactText(name)
      let number = taken[key, default: 0]
      taken[key] = number + 1
      if let all = places[key], number < all.count {
        found.append(all[number])
      } else if let like = names.firstIndex(where: { $0 == name && ExactText($0) != key }) {
        throw .spelling(
          first: name, firstPlace: "in the training data", second: names[like],
          secondPlace: "column \(like + 1)")
      } else {
        missing.append(name)
      }
    }
    guard missing.isEmpty else { throw problem(missing) }
    return found
  }

  /// Throws if more columns have one of the names than are wanted.
  func refuseMore(of wanted: [String]) throws(TableProblem) {
    for name in wanted {
      let key = ExactText(name)
      guard let all = places[key], all.count > taken[key, default: 0] else { continue }
      throw .ambiguous(name: name, columns: all.map { $0 + 1 })
    }
  }
}
