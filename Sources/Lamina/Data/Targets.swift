extension Dataset {
  /// The right answers.
  public enum Targets: Sendable, Equatable {
    /// The class of each example, in `0 ..< classNames.count`.
    case classes([Int32], classNames: [String])
    /// For each example a row of 0 and 1, which says for each name whether the label applies.
    case labels([Float], names: [String])
    /// For each example a row with one number per name. The numbers are those of the data, so that
    /// scores are not affected by rounding to 32-bit floats.
    case values([Double], names: [String])
    /// The inputs themselves, as the network sees them, for an auto-encoder.
    case inputs

    /// The names of the outputs of a network: classes, labels or numbers. Empty for ``inputs``.
    public var names: [String] {
      switch self {
      case .classes(_, let names), .labels(_, let names), .values(_, let names): names
      case .inputs: []
      }
    }
  }
}

extension Dataset.Targets {
  /// The reason that the targets cannot belong to `count` examples; nil if they can.
  func problem(count: Int) -> String? {
    switch self {
    case .classes(let classes, let names):
      classes.count != count
        ? "there are \(classes.count) classes for \(count) examples"
        : classes.allSatisfy { names.indices.contains(Int($0)) }
          ? nil : "a class lies outside the \(names.count) named ones"
    case .labels(let values, let names):
      size(values, names, count)
        ?? (values.allSatisfy { $0 == 0 || $0 == 1 } ? nil : "a label is neither 0 nor 1")
    case .values(let values, let names): size(values, names, count)
    case .inputs: nil
    }
  }

  private func size(_ values: [some Any], _ names: [String], _ count: Int) -> String? {
    names.isEmpty || values.count != count * names.count
      ? "\(values.count) target numbers are not \(count) examples of \(names.count)" : nil
  }

  /// The targets of the examples `rows`, in this order.
  func rows(_ rows: [Int]) -> Self {
    switch self {
    case .classes(let classes, let names): .classes(rows.map { classes[$0] }, classNames: names)
    case .labels(let values, let names):
      .labels(values.rows(rows, columns: names.count), names: names)
    case .values(let values, let names):
      .values(values.rows(rows, columns: names.count), names: names)
    case .inputs: .inputs
    }
  }
}

extension Array {
  /// The rows `rows`, in this order, of a matrix that lies here row by row.
  func rows(_ rows: [Int], columns: Int) -> [Element] {
    var chosen: [Element] = []
    chosen.reserveCapacity(rows.count * columns)
    for row in rows { chosen += self[row * columns..<(row + 1) * columns] }
    return chosen
  }
}
