/// Finds the classes of a training part.
enum ClassNames {
  /// The classes in order: as the file declares them, as its columns of 0 and 1 are named, or by
  /// number and alphabet.
  static func names(of part: ExamplePart) throws(TargetProblem) -> [String] {
    if part.targets.count > 1 { return try oneHot(part) }
    guard let column = part.targets.first else { throw .oneColumn(found: 0) }
    if let declared = column.declared { return declared.map(ClassName.name) }
    // Where each name stands first; Swift takes spellings of one text for the same key.
    var found: [String: Int] = [:]
    for row in 0..<column.count {
      let name = ClassName.name(column.text(row))
      guard let first = found[name] else {
        found[name] = row
        continue
      }
      let other = ClassName.name(column.text(first))
      guard other.utf8.elementsEqual(name.utf8) else {
        throw .twoSpellings(
          text: name, place: part.places.description(of: row),
          first: part.places.description(of: first))
      }
    }
    try refuseLookAlikes(found, of: part)
    return found.keys.sorted(by: ClassName.isOrderedBefore)
  }

  /// Refuses names that differ only in blanks that look alike, and characters that show nothing.
  private static func refuseLookAlikes(
    _ found: [String: Int], of part: ExamplePart
  ) throws(TargetProblem) {
    var seen: [String: Int] = [:]
    for (name, row) in found.sorted(by: { $0.value < $1.value }) {
      if let first = seen.updateValue(row, forKey: ClassName.visible(name)) {
        throw .twoSpellings(
          text: name, place: part.places.description(of: row),
          first: part.places.description(of: first))
      }
    }
  }

  /// The place of each name.
  static func places(_ names: [String]) -> [String: Int32] {
    Dictionary(zip(names, 0..<Int32(names.count)), uniquingKeysWith: { first, _ in first })
  }

  private static func oneHot(_ part: ExamplePart) throws(TargetProblem) -> [String] {
    if let row = OneHotClasses.firstOther(part.targets) {
      throw .notOneHot(place: part.places.description(of: row), columns: part.targets.count)
    }
    return part.targets.map(\.name)
  }
}
