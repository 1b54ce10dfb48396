/// The role of each column of a table.
struct ColumnRoles {
  /// The role of one column.
  enum Role: Equatable {
    case feature
    /// A target, with its position among the targets.
    case target(Int)
    /// The factor by which the loss of each example is multiplied.
    case weight
    case ignored
  }

  let roles: [Role]

  /// Finds the requested columns among `names`.
  ///
  /// - Parameters:
  ///   - targets: The target columns; nil takes the last column.
  ///   - options: The options that name the weight column and the ignored columns.
  init(names: [String], targets: [ColumnReference]?, options: DataOptions) throws(TableProblem) {
    var roles = [Role](repeating: .feature, count: names.count)
    func give(_ role: Role, to index: Int) throws(TableProblem) {
      guard roles[index] == .feature else {
        throw .chosenTwice(column: index + 1, name: names[index])
      }
      roles[index] = role
    }
    for reference in options.ignoredColumns + (options.groupColumn.map { [$0] } ?? []) {
      try give(.ignored, to: try Self.index(of: reference, in: names))
    }
    if let weight = options.weightColumn {
      try give(.weight, to: try Self.index(of: weight, in: names))
    }
    if let targets {
      for (number, reference) in targets.enumerated() {
        try give(.target(number), to: try Self.index(of: reference, in: names))
      }
    } else if let last = roles.lastIndex(of: .feature) {
      roles[last] = .target(0)
    }
    guard roles.contains(.feature) else { throw .noFeatures(columns: names.count) }
    self.roles = roles
  }

  /// The index of a column. Names take precedence over numbers, because a column may be named `3`.
  static func index(of reference: ColumnReference, in names: [String]) throws(TableProblem) -> Int {
    let found = names.indices.filter { ExactText(names[$0]) == ExactText(reference.text) }
    guard found.count <= 1 else {
      throw .ambiguous(name: reference.text, columns: found.map { $0 + 1 })
    }
    if let index = found.first { return index }
    if let number = NumberText.integer(reference.text) {
      if (1...max(1, names.count)).contains(number) { return number - 1 }
      if number < 0, number >= -names.count { return names.count + number }
    }
    throw .noColumn(wanted: reference.text, names: names)
  }
}

extension DataOptions {
  /// The column of the groups, whose texts are kept; none without one.
  func groupPlaces(_ names: [String]) throws(TableProblem) -> [Int] {
    guard let groupColumn else { return [] }
    return [try ColumnRoles.index(of: groupColumn, in: names)]
  }
}

extension ColumnRoles.Role {
  /// Whether the column belongs to the example but is not an input of the network.
  var isTold: Bool { self != .feature && self != .ignored }
}
