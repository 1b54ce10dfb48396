package import LaminaMeasurement
import LaminaText

/// The comparison of a case with the same case in earlier results.
package struct Regression: Sendable {
  package enum Verdict: Equatable, Sendable {
    /// Slower by more than the tolerance and noise.
    case slower
    /// Faster by more than the tolerance and noise.
    case faster
    /// No difference beyond noise and tolerance.
    case same
    /// The results cannot be compared, for this reason.
    case incomparable(String)
  }

  package let caseName: String
  package let verdict: Verdict
  /// The step time as a multiple of the baseline's; 1 if they cannot be compared.
  package var ratio = 1.0
  package var interval = Interval(1, 1)

  /// Whether the results could be compared.
  package var isComparable: Bool {
    if case .incomparable = verdict { false } else { true }
  }

  /// Other programs on a machine only ever add time. So the lower quartile of the samples describes
  /// this program better than the median.
  private static let quantile = 0.25

  /// Compares the cases of `current` with those of `baseline`, using all repetitions.
  ///
  /// For processors, the times are multiples of the yardstick instead of seconds. A case is slower
  /// if the whole 95 % interval of the ratio of step times lies above 1 + `tolerance`.
  package static func compare(
    _ current: [Record], with baseline: [Record], tolerance: Double
  ) -> [Regression] {
    let old = Dictionary(grouping: baseline.filter { $0.status == .ok }, by: \.caseName)
    return current.grouped(by: \.caseName).compactMap { name, records in
      let new = records.filter { $0.status == .ok }
      return new.isEmpty ? nil : Regression(name, new, old[name] ?? [], tolerance: tolerance)
    }
  }

  private init(_ name: String, _ new: [Record], _ old: [Record], tolerance: Double) {
    caseName = name
    if let reason = Self.obstacle(new, old) {
      verdict = .incomparable(reason)
      return
    }
    let (new, old) = (new.map(\.relativeSamples), old.map(\.relativeSamples))
    func quantile(_ samples: [[Double]]) -> Double {
      Statistics.quantile(Self.quantile, ofSorted: samples.flatMap(\.self).sorted())
    }
    ratio = quantile(new) / quantile(old)
    interval = Bootstrap.ratioInterval(ofQuantile: Self.quantile, new, to: old)
    verdict =
      interval.lower > 1 + tolerance
      ? .slower : interval.upper < 1 / (1 + tolerance) ? .faster : .same
  }

  private static func obstacle(_ new: [Record], _ old: [Record]) -> String? {
    guard let before = old.first, let now = new.first else {
      return "the baseline has no such case"
    }
    if before.device?.name != now.device?.name {
      return "the baseline's device is \(before.device?.name ?? "unknown")"
    }
    if before.host.cpu != now.host.cpu { return "the baseline's processor is \(before.host.cpu)" }
    if Set((new + old).map(\.yardstick.isEmpty)).count > 1 {
      return "one of the results has no yardstick of the processor's speed"
    }
    let all = (new + old).map(\.samples)
    return all.contains { $0.isEmpty } ? "a record has no samples" : nil
  }
}
