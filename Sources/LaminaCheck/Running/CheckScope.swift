import Lamina

/// How much of all cases a check takes.
package struct CheckScope: Sendable {
  /// The most cases of a line, chosen evenly by chance, the same each time; nil for all.
  let casesPerLine: Int?
  /// The seconds after which a line takes no further case; nil for no limit.
  let secondsPerLine: Double?

  /// Everything.
  package static let whole = CheckScope(casesPerLine: nil, secondsPerLine: nil)
  /// What fits into 20 s: compilers take most of it, so that the limits are by line.
  package static let sample = CheckScope(casesPerLine: 8, secondsPerLine: 0.25)

  /// Whether it leaves cases out.
  var isSample: Bool { casesPerLine != nil }

  func sample<Element>(_ elements: [Element]) -> [Element] {
    guard let casesPerLine, elements.count > casesPerLine else { return elements }
    var generator = Philox(seed: 1).generator()
    var chosen: Set<Int> = []
    while chosen.count < casesPerLine {
      chosen.insert(Int(generator.uniform(below: UInt32(elements.count))))
    }
    return chosen.sorted().map { elements[$0] }
  }
}
