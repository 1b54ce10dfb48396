/// Determines the classes of a training part.
enum ClassNames {
  /// The classes in order: as the file declares them, as its one-hot columns are named, or by
  /// number and alphabet.
  static func names(of part: ExamplePart) throws(TargetProblem) -> [String] {
    if part.targets.count > 1 { return try oneHot(part) }
    guard let column = part.targets.first else { throw .oneColumn(found: 0) }
    if let declared = column.declared {
      // Different spellings of a number are one class here too.
      var seen: Set<ExactText> = []
      return declared.map(ClassName.name).filter { seen.insert(ExactText($0)).inserted }
    }
    // The first row of each name.
    var found: [ExactText: Int] = [:]
    for row in 0..<column.count {
      let name = ExactText(ClassName.name(column.text(row)))
      if found[name] == nil { found[name] = row }
    }
    try refuseLookAlikes(found, of: part)
    return found.keys.map(\.text).sorted(by: ClassName.isOrderedBefore)
  }

  /// Throws if two names differ only in their Unicode normal form, in similar blanks or in
  /// invisible characters.
  private static func refuseLookAlikes(
    _ found: [ExactText: Int], of part: ExamplePart
  ) throws(TargetProblem) {
    var seen: [String: Int] = [:]
    for (name, row) in found.sorted(by: { $0.value < $1.value }) {
      if let first = seen.updateValue(row, forKey: ClassName.visible(name.text)) {
        throw .twoSpellings(
          text: name.text, place: part.places.description(of: row),
          first: part.places.description(of: first))
      }
    }
  }

  private static func oneHot(_ part: ExamplePart) throws(TargetProblem) -> [String] {
    if let row = OneHotClasses.firstOther(part.targets) {
      throw .notOneHot(place: part.places.description(of: row), columns: part.targets.count)
    }
    return part.targets.map(\.name)
  }
}
