/// Names of classes. Numbers are named by their value, so `1`, `1.0` and `+1` are one class; texts
/// are compared byte by byte.
enum ClassName {
  /// The name of the class in a cell.
  static func name(_ text: String) -> String {
    // Identifiers may have more digits than a double can represent.
    if let whole = NumberText.integer(text) { return "\(whole)" }
    return NumberText.double(Array(text.utf8)).map(NumberText.text) ?? text
  }

  /// The visible form of a name: all kinds of blanks are spaces, and blanks at the ends and
  /// invisible characters are removed.
  static func visible(_ name: String) -> String {
    if name.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) { return name }
    let words = name.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
      .split { $0.properties.isWhitespace }
    return words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
  }

  /// The order of class names: first numbers by value, then texts by their bytes.
  static func isOrderedBefore(_ first: String, _ second: String) -> Bool {
    switch (NumberText.double(Array(first.utf8)), NumberText.double(Array(second.utf8))) {
    case (let first?, let second?) where first != second: first < second
    case (_?, nil): true
    case (nil, _?): false
    default: first.utf8.lexicographicallyPrecedes(second.utf8)
    }
  }
}

/// The natural order of names: first whole numbers by value, then texts by their bytes.
func isOrderedBefore(_ first: String, _ second: String) -> Bool {
  switch (NumberText.integer(first), NumberText.integer(second)) {
  case (let first?, let second?) where first != second: first < second
  case (_?, nil): true
  case (nil, _?): false
  default: first.utf8.lexicographicallyPrecedes(second.utf8)
  }
}
