/// Detects a first column that only counts or names the rows, as pandas and R write it.
struct IndexColumnSearch {
  /// The state of knowledge about the first column before all rows are read.
  private enum Suspicion {
    case none
    /// It has no name and may count the rows.
    case unnamedCount
    /// It is named like an index.
    case namedCount
  }

  private var suspicion = Suspicion.none
  private(set) var decisions: [DataDecision] = []
  private static let remedy = "--index-column keep makes it an input"
  private static let otherRemedy = "--index-column ignore leaves it out"

  /// Examines the layout of a table, and marks the first column as ignored in `roles` if it has the
  /// row names or if `option` says so.
  init(
    _ form: TableForm, roles: inout [ColumnRoles.Role], option: IndexColumn?
  ) throws(TableProblem) {
    switch option {
    case .keep: return
    case .ignore:
      guard roles[0] == .feature || roles[0] == .ignored else {
        throw .chosenTwice(column: 1, name: form.names[0])
      }
      try Self.ignore(&roles)
    case nil:
      guard form.isNamed, roles[0] == .feature else { return }
      try look(form, &roles)
    }
  }

  private mutating func look(
    _ form: TableForm, _ roles: inout [ColumnRoles.Role]
  ) throws(TableProblem) {
    let name = form.names[0]
    if form.hasRowNames {
      decide("rows have one field more than the header: the first, the row name, is left out")
      try Self.ignore(&roles)
    } else if name.isEmpty || name.hasPrefix("Unnamed: 0") {
      if form.sample.contains(where: { Self.isText($0[0], form.rows) }) {
        decide("the first column has no name and names the rows, so it is left out")
        try Self.ignore(&roles)
      } else {
        suspicion = .unnamedCount
      }
    } else if ["id", "index"].contains(name.lowercased()) {
      suspicion = .namedCount
    }
  }

  private static func isText(_ field: DelimitedText.Field, _ text: DelimitedText) -> Bool {
    text.number(field) == nil && !text.isMissingNumber(field)
      && NumberText.explanation(of: text.text(field)) == nil
  }

  private static func ignore(_ roles: inout [ColumnRoles.Role]) throws(TableProblem) {
    roles[0] = .ignored
    guard roles.contains(.feature) else { throw .noFeatures(columns: roles.count) }
  }

  private mutating func decide(_ text: String, remedy: String = Self.remedy) {
    decisions.note("index-column", text, remedy: remedy)
  }

  /// Removes the column from the rows that were read if it counts them.
  mutating func finish(_ builder: inout TableBuilder, name: String, inputs: Int) {
    let start = suspicion == .none ? nil : builder.startOfCount
    switch (suspicion, start) {
    case (.unnamedCount, .some(0...1)) where inputs > 1:
      builder.removeFirstFeature()
      decide("the first column has no name and counts the rows, so it is left out")
    case (.unnamedCount, _):
      decide("the first column has no name and is an input", remedy: Self.otherRemedy)
    case (.namedCount, .some):
      decide("the column \(cited(name)) counts the rows and is an input", remedy: Self.otherRemedy)
    default: break
    }
  }
}
