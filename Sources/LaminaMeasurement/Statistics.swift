/// The statistics of a list of samples.
package struct Statistics: Equatable {
  /// The median.
  package let median: Double
  /// The smallest sample.
  package let minimum: Double
  /// The interquartile range as a share of the median. An outlier that another program caused does
  /// not count.
  package let spread: Double

  /// - Precondition: There is at least one sample.
  package init(_ samples: [Double]) {
    let sorted = samples.sorted()
    median = Self.quantile(0.5, ofSorted: sorted)
    minimum = sorted[0]
    let width = Self.quantile(0.75, ofSorted: sorted) - Self.quantile(0.25, ofSorted: sorted)
    spread = median > 0 ? width / median : 0
  }

  /// The quantile at `fraction`, interpolated between samples.
  package static func quantile(_ fraction: Double, ofSorted sorted: [Double]) -> Double {
    let position = fraction * Double(sorted.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
