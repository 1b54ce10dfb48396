import Glibc
package import Lamina
package import LaminaMeasurement

/// The same trainings on two or more devices.
package struct Comparison: Sendable {
  /// One workload on all devices.
  package struct Point: Sendable {
    /// The size that the sweep sets here; nil without a sweep.
    package var value: Int?
    package var network: NetworkDescription
    package var options: TrainingOptions
    package var steps: [StepMeasurement]
    package var results: [TrainingResult]

    /// The speed of a device relative to the first, with its 95 % interval.
    ///
    /// This is the median of the ratios of consecutive samples. A change of the machine's speed
    /// affects both samples of a ratio.
    package func speed(of device: Int) -> Difference {
      let ratios = zip(steps[0].samples, steps[device].samples).map { $0 / $1 }
      return Difference(
        value: Statistics(ratios).median, interval: Bootstrap.interval([ratios]), none: 1)
    }

    /// The test accuracy of a device minus that of the first.
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

  /// A difference with its 95 % interval.
  package struct Difference: Sendable {
    package var value: Double
    package var interval: Interval
    /// The value that means "no difference".
    package var none: Double

    /// Whether ``none`` lies outside the interval.
    package var isReal: Bool { !interval.contains(none) }
  }

  /// The name of the data, such as `digits`.
  package var data: String
  package var devices: [DeviceDescription]
  /// The peak of each device in floating-point operations per second; nil if it was not measured.
  package var peaks: [Double?]
  /// The option that a sweep varies; nil without one.
  package var sweep: String?
  package var points: [Point]
  /// A sentence on the error of each device's products, where it was measured.
  package var notes: [String] = []

  /// The size from which a device is faster than the first.
  package enum Crossover: Equatable, Sendable {
    /// The device is faster from this size, interpolated between two measured sizes.
    case at(Double)
    case always, never
    /// The device is faster at some size but not at all larger ones, or no difference is real.
    case unclear
  }

  /// The size from which a device is faster than the first, judged by sizes with a real difference.
  ///
  /// Interpolation takes the logarithm of the ratio as linear in the logarithm of the size.
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
    let share = -log(below.speed) / (log(above.speed) - log(below.speed))
    let exponent = log(below.size) + share * log(above.size / below.size)
    return .at(exp(exponent))
  }
}
