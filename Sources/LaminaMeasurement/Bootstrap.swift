import Lamina

/// A 95 % confidence interval.
package struct Interval: Codable, Equatable, Sendable {
  package var lower: Double
  package var upper: Double

  package init(_ lower: Double, _ upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// 95 % intervals by the percentile bootstrap (Efron).
///
/// The bootstrap draws many resamples with replacement and takes the statistic of each. The
/// generator is seeded, so the same samples give the same interval.
package enum Bootstrap {
  private static let resamples = 2000

  /// The interval of a quantile of samples in groups.
  ///
  /// A group, such as the samples of one run of the program, shares an error that differs between
  /// runs. So each resample first draws groups, then samples within them.
  ///
  /// - Precondition: There is at least one group, and no group is empty.
  package static func interval(
    ofQuantile fraction: Double = 0.5, _ groups: [[Double]], seed: UInt64 = 1
  ) -> Interval {
    var generator = Philox(seed: seed, stream: 3).generator()
    return percentiles(
      (0..<resamples).map { _ in quantile(fraction, ofOneDrawFrom: groups, &generator) })
  }

  /// The interval of the ratio of two quantiles, that of `numerator` to that of `denominator`.
  package static func ratioInterval(
    ofQuantile fraction: Double = 0.5, _ numerator: [[Double]], to denominator: [[Double]],
    seed: UInt64 = 1
  ) -> Interval {
    var generator = Philox(seed: seed, stream: 4).generator()
    return percentiles(
      (0..<resamples).map { _ in
        quantile(fraction, ofOneDrawFrom: numerator, &generator)
          / quantile(fraction, ofOneDrawFrom: denominator, &generator)
      })
  }

  private static func quantile(
    _ fraction: Double, ofOneDrawFrom groups: [[Double]], _ generator: inout PhiloxGenerator
  ) -> Double {
    var draw: [Double] = []
    for _ in groups {
      let group = groups[Int(generator.uniform(below: UInt32(groups.count)))]
      for _ in group { draw.append(group[Int(generator.uniform(below: UInt32(group.count)))]) }
    }
    return Statistics.quantile(fraction, ofSorted: draw.sorted())
  }

  private static func percentiles(_ values: [Double]) -> Interval {
    let sorted = values.sorted()
    return Interval(
      Statistics.quantile(0.025, ofSorted: sorted), Statistics.quantile(0.975, ofSorted: sorted))
  }
}
