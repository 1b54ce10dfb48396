/// What a list of samples comes to.
package struct Statistics: Equatable {
  /// Half of the samples are below.
  package let median: Double
  /// The smallest sample.
  package let minimum: Double
  /// The width of the middle half of the samples, as a share of the median: an outlier that
  /// another program caused does not count.
  package let spread: Double

  /// - Precondition: There is a sample.
  package init(_ samples: [Double]) {
    let sorted = samples.sorted()
    median = Self.quantile(0.5, ofSorted: sorted)
    minimum = sorted[0]
    let width = Self.quantile(0.75, ofSorted: sorted) - Self.quantile(0.25, ofSorted: sorted)
    spread = median > 0 ? width / median : 0
  }

  /// The value below which a share of `fraction` lies, interpolated between samples.
  package static func quantile(_ fraction: Double, ofSorted sorted: [Double]) -> Double {
    let position = fraction * Double(sorted.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
