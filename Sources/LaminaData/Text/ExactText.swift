/// A text as its bytes: two are equal only where all bytes are.
///
/// Strings in Swift are equal where their Unicode normal forms are, so that sets and dictionaries of
/// strings merge an `é` of one character with one of two.
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

extension Dictionary where Key == ExactText, Value == Int {
  /// The first place of each text in `texts`.
  init(places texts: [String]) {
    self.init(
      zip(texts.map { ExactText($0) }, texts.indices), uniquingKeysWith: { first, _ in first })
  }
}

/// Finds texts that look alike and are not: those of the same Unicode normal form.
enum SpellingCheck {
  /// The first two of `texts` that could be mistaken for each other, by their places.
  static func conflict(in texts: [String]) -> (first: Int, second: Int)? {
    // Texts of ASCII alone have one form.
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
