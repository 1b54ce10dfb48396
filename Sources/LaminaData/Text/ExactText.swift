/// A text that is compared byte by byte.
///
/// Swift strings are equal if their Unicode normal forms are, so sets and dictionaries of strings
/// merge an `é` of one character with one of two.
struct ExactText: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (first: ExactText, second: ExactText) -> Bool {
    first.text.utf8.elementsEqual(second.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension String {
  /// Whether a text comes before another one by its Unicode scalars, as in numpy.
  package static func isInOrder(_ first: String, _ second: String) -> Bool {
    first.unicodeScalars.lexicographicallyPrecedes(second.unicodeScalars)
  }
}

extension Dictionary where Key == ExactText, Value == Int {
  /// The first index of each text in `texts`.
  init(places texts: [String]) {
    self.init(
      zip(texts.map { ExactText($0) }, texts.indices), uniquingKeysWith: { first, _ in first })
  }
}

/// Finds texts that look alike but differ: those with the same Unicode normal form.
enum SpellingCheck {
  /// The indices of the first two of `texts` that could be mistaken for each other.
  static func conflict(in texts: [String]) -> (first: Int, second: Int)? {
    // ASCII texts have only one form.
    guard texts.contains(where: { $0.utf8.contains { $0 > 127 } }) else { return nil }
    var places: [String: Int] = [:]
    for (place, text) in texts.enumerated() {
      let known = places[text, default: place]
      if ExactText(texts[known]) != ExactText(text) { return (known, place) }
      places[text] = known
    }
    return nil
  }
}
