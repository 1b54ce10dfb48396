import Glibc

/// Maps the values of an axis to 0 … 1, with ticks at round numbers.
package struct Scale: Sendable {
  package enum Kind: Sendable { case linear, logarithmic }

  package let kind: Kind
  /// The range of values shown.
  package let bounds: ClosedRange<Double>
  package let ticks: [Double]

  /// Creates a scale for all finite values, or for the positive ones if it is logarithmic.
  ///
  /// - Parameters:
  ///   - kind: Whether the scale is linear or logarithmic.
  ///   - values: The values; those that are not finite are ignored.
  ///   - includingZero: Whether a linear scale includes 0.
  ///   - wanted: The approximate number of ticks.
  ///   - leastStep: The smallest distance between ticks, such as 1 for whole numbers.
  ///   - ticks: The ticks, if they are given.
  package init(
    _ kind: Kind, holding values: [Double], includingZero: Bool = false, wanted: Int = 5,
    leastStep: Double = 0, ticks: [Double]? = nil
  ) {
    self.kind = kind
    let shown = values.filter { $0.isFinite && (kind == .linear || $0 > 0) }
    var (least, most) = (shown.min() ?? (kind == .linear ? 0 : 1), shown.max() ?? 1)
    if kind == .linear && includingZero { (least, most) = (min(0, least), max(0, most)) }
    switch kind {
    case .linear:
      if least == most {
        let half = max(abs(least) / 2, leastStep, least == 0 ? 1 : 0)
        (least, most) = (least - half, most + half)
      }
      let step = max(leastStep, Self.niceStep((most - least) / Double(wanted)))
      let found = ticks ?? Self.multiples(of: step, from: least, to: most)
      self.ticks = found
      bounds = min(least, found.first ?? least)...max(most, found.last ?? most)
    case .logarithmic:
      if least == most { (least, most) = (least / 2, most * 2) }
      let found = ticks ?? Self.powers(from: least, to: most)
      self.ticks = found
      bounds = min(least, found.first ?? least)...max(most, found.last ?? most)
    }
  }

  /// The position of a value: 0 at the smallest, 1 at the largest; nil for values that cannot be
  /// shown.
  package func position(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    switch kind {
    case .linear: return (value - bounds.lowerBound) / (bounds.upperBound - bounds.lowerBound)
    case .logarithmic:
      guard value > 0 else { return nil }
      return log(value / bounds.lowerBound) / log(bounds.upperBound / bounds.lowerBound)
    }
  }

  /// The smallest of 1, 2 and 5 times a power of ten that is at least `step`.
  private static func niceStep(_ step: Double) -> Double {
    let power = pow(10, floor(log10(step)))
    let share = step / power
    // Rounding may make the quotient of two equal numbers slightly greater than 1.
    return power * (share <= 1.0001 ? 1 : share <= 2.0001 ? 2 : share <= 5.0001 ? 5 : 10)
  }

  /// The multiples of a step, from the last at or below `least` to the first at or above `most`.
  private static func multiples(of step: Double, from least: Double, to most: Double) -> [Double] {
    let first = floor(least / step + 1e-9)
    let last = ceil(most / step - 1e-9)
    guard first.isFinite, last.isFinite, last - first < 100 else { return [least, most] }
    // Dividing by a whole number gives exactly 0.6, but 3 times 0.2 does not.
    let inverse = (1 / step).rounded()
    return stride(from: first, through: last, by: 1).map { step < 1 ? $0 / inverse : $0 * step }
  }

  /// Powers of ten, or 1, 2 and 5 times these if there would be too few.
  private static func powers(from least: Double, to most: Double) -> [Double] {
    let (first, last) = (Int(floor(log10(least) + 1e-9)), Int(ceil(log10(most) - 1e-9)))
    let factors: [Double] = last - first <= 2 ? [1, 2, 5] : [1]
    let skip = max(1, (last - first + 5) / 6)
    let all = stride(from: first, through: last, by: skip).flatMap { exponent in
      factors.map { $0 * pow(10, Double(exponent)) }
    }
    let below = all.last { $0 <= least * 1.0000001 } ?? least
    let above = all.first { $0 >= most * 0.9999999 } ?? most
    return all.filter { $0 >= below && $0 <= above }
  }
}
