import Glibc

/// The inputs that dates become.
public struct DateFeatures: Sendable, Hashable, Codable {
  /// A way to make numbers of dates.
  public enum Use: String, Sendable, Codable, CaseIterable {
    /// One number that grows with time: the days since the start of 1970.
    case linear
    /// Sine and cosine of the place in the year, in the week and, if there are times, in the day.
    case cyclic
    /// Both.
    case both
    /// None: a date is a text like others.
    case category
  }

  /// The order of the parts of the dates.
  public var order: DateOrder
  /// The numbers that are made of a date.
  public var use: Use
  /// Whether some date has a time of day.
  public var hasTime: Bool

  private static let secondsOfDay = 86_400.0
  /// The start of 1970 was a Thursday; weeks begin on Monday.
  private static let weekdayOf1970 = 3

  private var isLinear: Bool { use != .cyclic }
  private var isCyclic: Bool { use != .linear }

  /// The names of the inputs that a column becomes.
  func inputNames(_ name: String) -> [String] {
    let periods = isCyclic ? ["year", "week"] + (hasTime ? ["day"] : []) : []
    return (isLinear ? [name] : [])
      + periods.flatMap { ["\(name) (sine of the \($0))", "\(name) (cosine of the \($0))"] }
  }

  /// The number of inputs that scaling leaves as they are: sines and cosines.
  var unscaledCount: Int { isCyclic ? (hasTime ? 6 : 4) : 0 }

  /// Appends the inputs of a date.
  ///
  /// - Parameters:
  ///   - seconds: The seconds since the start of 1970.
  ///   - inputs: The list of inputs.
  func append(_ seconds: Double, to inputs: inout [Double]) {
    let days = seconds / Self.secondsOfDay
    if isLinear { inputs.append(days) }
    guard isCyclic else { return }
    let whole = Int(days.rounded(.down))
    let weekday = ((whole + Self.weekdayOf1970) % 7 + 7) % 7
    var shares = [CalendarDay(days: whole).shareOfYear, Double(weekday) / 7]
    if hasTime { shares.append(days - Double(whole)) }
    for share in shares {
      inputs += [sin(2 * .pi * share), cos(2 * .pi * share)]
    }
  }
}
