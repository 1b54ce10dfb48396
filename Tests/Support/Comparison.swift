import Foundation
package import LaminaCheck
package import Testing

/// Expects equal counts, and numbers within `tolerance`. NaN equals NaN, and infinities equal
/// themselves. Also fails if only zeros were compared, unless they are expected, because such data
/// prove nothing.
package func expectClose(
  _ actual: [Float], _ expected: [Float], _ tolerance: Tolerance, _ what: String,
  mayBeZero: Bool = false,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual.count == expected.count, "\(what)", sourceLocation: sourceLocation)
  // Usually all bits are equal, and comparing numbers is slow without optimisation.
  let worst = haveSameBits(actual, expected) ? nil : tolerance.worst(actual, expected)
  if let worst, worst.multiple > 1 {
    let (number, bound) = (worst.actual, worst.bound)
    Issue.record(
      """
      \(what): [\(worst.index)] is \(number) instead of \(worst.expected), more than \(bound) off \
      (\(tolerance.reason))
      """, sourceLocation: sourceLocation)
    return
  }
  #expect(
    mayBeZero || expected.contains { $0 != 0 }, "\(what): nothing but zeros was compared",
    sourceLocation: sourceLocation)
}

private func haveSameBits(_ a: [Float], _ b: [Float]) -> Bool {
  a.withUnsafeBytes { a in
    b.withUnsafeBytes { b in
      a.count == b.count && (a.isEmpty || memcmp(a.baseAddress!, b.baseAddress!, a.count) == 0)
    }
  }
}
