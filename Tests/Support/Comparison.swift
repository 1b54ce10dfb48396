import Foundation
package import Testing

/// How far two numbers may lie apart, and why.
package struct Tolerance: Sendable {
  let relative: Double
  let absolute: Double
  let reason: String

  /// Accepts `|actual - expected| <= absolute + relative · |expected|`.
  package init(relative: Double = 0, absolute: Double = 0, because reason: String) {
    self.relative = relative
    self.absolute = absolute
    self.reason = reason
  }

  /// How far from `expected` a number may lie.
  package func bound(_ expected: Double) -> Double { absolute + relative * abs(expected) }

  /// Exact equality.
  package static let exact = Tolerance(because: "the numbers are exact in Float")
  /// For sums of `terms` products of numbers around 1 in any order.
  package static func sum(of terms: Int) -> Tolerance {
    Tolerance(
      relative: 1e-6, absolute: 1.2e-7 * Double(terms).squareRoot() * 4,
      because: "\(terms) roundings of half a unit in the last place, at random")
  }
}

/// Expects equal counts and numbers within `tolerance`; NaN equals NaN, infinities themselves.
/// Fails too where nothing but zeros was compared, unless they are right: such data shows nothing.
package func expectClose(
  _ actual: [Float], _ expected: [Float], _ tolerance: Tolerance, _ what: String,
  mayBeZero: Bool = false,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual.count == expected.count, "\(what)", sourceLocation: sourceLocation)
  // Mostly all bits are the same, and this loop takes its time without optimisation.
  for index in 0..<(haveSameBits(actual, expected) ? 0 : min(actual.count, expected.count)) {
    let (a, e) = (actual[index], expected[index])
    if a == e || (a.isNaN && e.isNaN) { continue }
    let bound = tolerance.bound(Double(e))
    if Double((a - e).magnitude) <= bound { continue }
    Issue.record(
      "\(what): [\(index)] is \(a) instead of \(e), more than \(bound) off (\(tolerance.reason))",
      sourceLocation: sourceLocation)
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
