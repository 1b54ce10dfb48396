import Lamina

/// The scope of a check: all cases, or a sample.
package struct CheckScope: Sendable {
  /// The maximum number of cases of a line; nil for all. The random choice is uniform, and the same
  /// in each run.
  let casesPerLine: Int?
  /// The seconds after which a line takes no further case; nil for no limit.
  let secondsPerLine: Double?

  /// All cases.
  package static let whole = CheckScope(casesPerLine: nil, secondsPerLine: nil)
  /// A sample that takes less than 20 s. The limits are per line, because compilers take most of
  /// the time.
  package static let sample = CheckScope(casesPerLine: 8, secondsPerLine: 0.25)

  /// Whether the check leaves out cases.
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
