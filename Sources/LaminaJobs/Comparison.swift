package import Lamina
package import LaminaMeasurement

/// The same trainings on two devices or more.
package struct Comparison: Sendable {
  /// One workload on all devices.
  package struct Point: Sendable {
    /// The number that a sweep varies; nil without one.
    package var value: Int?
    package var network: NetworkDescription
    package var options: TrainingOptions
    package var steps: [StepMeasurement]
    package var results: [TrainingResult]

    /// How many times as fast as the first device the other one is, with its 95 % interval: the
    /// median of the ratios of samples that followed each other, which a change of the machine's
    /// speed meets both.
    package func speed(of device: Int) -> Difference {
      let ratios = zip(steps[0].samples, steps[device].samples).map { $0 / $1 }
      return Difference(
        value: Statistics(ratios).median, interval: Bootstrap.interval([ratios]), none: 1)
    }

    /// The test accuracy of a device less that of the first.
    ///
    /// The interval is that of paired shares (Wald): both devices saw the same examples.
    package func accuracy(of device: Int) -> Difference {
      let pairs = zip(results[0].hits, results[device].hits)
      let count = Double(max(1, results[0].hits.count))
      let gained = Double(pairs.count { !$0 && $1 })
      let lost = Double(pairs.count { $0 && !$1 })
      let difference = (gained - lost) / count
      let deviation = max(0, gained + lost - (gained - lost) * (gained - lost) / count)
      let half = 1.96 * deviation.squareRoot() / count
      return Difference(
        value: difference, interval: Interval(difference - half, difference + half), none: 0)
    }
  }

  /// A difference with the interval in which it lies.
  package struct Difference: Sendable {
    package var value: Double
    package var interval: Interval
    /// What it is where there is no difference.
    package var none: Double

    /// Whether "no difference" lies outside the interval.
    package var isReal: Bool { !interval.contains(none) }
  }

  /// What is compared, such as `digits`.
  package var data: String
  package var devices: [DeviceDescription]
  /// Floating-point operations a second that each device reached at best; nil where not measured.
  package var peaks: [Double?]
  /// The option that a sweep varies; nil without one.
  package var sweep: String?
  package var points: [Point]

  package init(
    data: String, devices: [DeviceDescription], peaks: [Double?], sweep: String?, points: [Point]
  ) {
    self.data = data
    self.devices = devices
    self.peaks = peaks
    self.sweep = sweep
    self.points = points
  }

  /// Where a device becomes faster than the first.
  package enum Crossover: Equatable, Sendable {
    /// It is faster from this size on, which lies between two that were measured or is the least.
    case at(Double)
    case always, never
    /// It is faster at some size, but not at all larger ones, or no difference is real.
    case unclear
  }

  /// From which size on a device is faster than the first, by the sizes whose difference is real.
  ///
  /// Between two sizes the logarithm of the ratio is taken to be linear in that of the size.
  package func crossover(of device: Int) -> Crossover {
    let known = points.compactMap { point -> (size: Double, speed: Double)? in
      let speed = point.speed(of: device)
      guard let value = point.value, speed.isReal else { return nil }
      return (Double(value), speed.value)
    }.sorted { $0.size < $1.size }
    guard !known.isEmpty else { return .unclear }
    let wins = known.map { $0.speed > 1 }
    guard let first = wins.firstIndex(of: true) else { return .never }
    guard wins[first...].allSatisfy(\.self) else { return .unclear }
    guard first > 0 else { return .always }
    let (below, above) = (known[first - 1], known[first])
    let share = -Log.natural(below.speed) / (Log.natural(above.speed) - Log.natural(below.speed))
    let exponent = Log.natural(below.size) + share * Log.natural(above.size / below.size)
    return .at(Log.exponential(exponent))
  }
}
