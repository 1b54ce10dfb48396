/// How classes are named: numbers by their value, so that `1`, `1.0` and `+1` are one class, and
/// texts by their bytes.
enum ClassName {
  /// The name of the class that stands in a cell.
  static func name(_ text: String) -> String {
    // Identifiers may have more digits than a double.
    if let whole = NumberText.integer(text) { return "\(whole)" }
    return NumberText.double(Array(text.utf8)).map(self.text) ?? text
  }

  /// The shortest text of a number; whole numbers have no point.
  static func text(of number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? "\(number)"
  }

  /// What is seen of a name: blanks of all kinds alike and not at its ends, and nothing that does not
  /// show.
  static func visible(_ name: String) -> String {
    if name.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) { return name }
    let words = name.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
      .split { $0.properties.isWhitespace }
    return words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
  }

  /// The order of class names: numbers by their size before texts by their bytes.
  static func isOrderedBefore(_ first: String, _ second: String) -> Bool {
    switch (NumberText.double(Array(first.utf8)), NumberText.double(Array(second.utf8))) {
    case (let first?, let second?) where first != second: first < second
    case (_?, nil): true
    case (nil, _?): false
    default: first.utf8.lexicographicallyPrecedes(second.utf8)
    }
  }
}

/// The order of names in which whole numbers stand before texts and by their size.
func isOrderedBefore(_ first: String, _ second: String) -> Bool {
  switch (NumberText.integer(first), NumberText.integer(second)) {
  case (let first?, let second?) where first != second: first < second
  case (_?, nil): true
  case (nil, _?): false
  default: first.utf8.lexicographicallyPrecedes(second.utf8)
  }
}
