/// What each column of a table is for.
struct ColumnRoles {
  /// What one column is for.
  enum Role: Equatable {
    case feature
    /// One of the targets; which of them.
    case target(Int)
    /// What the loss of an example is multiplied by.
    case weight
    case ignored
  }

  let roles: [Role]

  /// Finds the columns that are asked for among `names`.
  ///
  /// - Parameters:
  ///   - targets: The columns that are targets; nil takes the last column.
  ///   - options: Which columns weigh the examples and which are left out.
  init(
    names: [String], targets: [ColumnReference]?, options: DataOptions
  ) throws(TableProblem) {
    var roles = [Role](repeating: .feature, count: names.count)
    func give(_ role: Role, to index: Int) throws(TableProblem) {
      guard roles[index] == .feature else {
        throw .chosenTwice(column: index + 1, name: names[index])
      }
      roles[index] = role
    }
    for reference in options.ignoredColumns {
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

  /// A name comes before a number: a column may be named `3`.
  static func index(
    of reference: ColumnReference, in names: [String]
  ) throws(TableProblem) -> Int {
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

extension ColumnRoles.Role {
  /// Whether what stands in the column goes with the example, but not into the network.
  var isTold: Bool { self != .feature && self != .ignored }
}
