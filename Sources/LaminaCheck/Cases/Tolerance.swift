/// The allowed difference of two numbers, and its reason.
package struct Tolerance: Sendable {
  package let relative, absolute: Double
  package let reason: String

  /// Accepts `|actual - expected| <= absolute + relative · |expected|`.
  package init(relative: Double = 0, absolute: Double = 0, because reason: String) {
    self.relative = relative
    self.absolute = absolute
    self.reason = reason
  }

  /// The allowed difference from `expected`.
  package func bound(_ expected: Double) -> Double { absolute + relative * abs(expected) }

  /// Exact equality.
  package static let exact = Tolerance(because: "the numbers are exact in Float")
  /// The tolerance for sums of `terms` products of numbers around 1, in any order.
  package static func sum(of terms: Int) -> Tolerance {
    Tolerance(
      relative: 1e-6, absolute: 1.2e-7 * Double(terms).squareRoot() * 4,
      because: "\(terms) roundings of half a unit in the last place, at random")
  }

  /// The number with the largest error as a multiple of the allowed one; nil if all numbers are
  /// equal.
  ///
  /// NaN equals NaN, and an infinity equals itself. Any other number that is not finite has an
  /// infinite error.
  package func worst(_ actual: [Float], _ expected: [Float]) -> Deviation? {
    var worst: Deviation?
    for index in 0..<min(actual.count, expected.count) {
      let (a, e) = (actual[index], expected[index])
      if a == e || (a.isNaN && e.isNaN) { continue }
      let error = abs(Double(a) - Double(e))
      let bound = bound(Double(e))
      let multiple = error.isFinite && bound > 0 ? error / bound : .infinity
      if multiple <= worst?.multiple ?? -1 { continue }
      worst = Deviation(index: index, actual: a, expected: e, multiple: multiple, bound: bound)
    }
    return worst
  }
}

/// A number that differs from the expected one.
package struct Deviation: Sendable {
  package let index: Int
  package let actual, expected: Float
  /// The error as a multiple of the allowed one. Above 1, the number is wrong.
  package let multiple: Double
  package let bound: Double
}
