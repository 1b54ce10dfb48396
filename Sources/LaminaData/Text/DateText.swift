/// The order of the parts of a date.
public enum DateOrder: String, Sendable, Codable, CaseIterable {
  /// `2026-11-28` or `2026/11/28`
  case yearFirst = "year_first"
  /// `28.11.2026`, `28/11/2026` or `28-11-2026`
  case dayFirst = "day_first"
  /// `11/28/2026` or `11-28-2026`
  case monthFirst = "month_first"
}

/// A date with or without a time of day, as tables have it.
///
/// Times follow a blank or a `T`: hours and minutes, then perhaps seconds with a fraction, and
/// perhaps `Z` or an offset such as `+02:00`, which is subtracted.
struct DateText: Equatable {
  /// Seconds since the start of 1970, without leap seconds.
  let seconds: Double
  /// Whether there is a time of day.
  let hasTime: Bool

  /// Reads a date whose parts are in this order; nil for anything else, and for days that the
  /// Gregorian calendar does not have.
  init?(_ text: String, _ order: DateOrder) {
    var scanner = DateScanner(text.utf8[...])
    guard let day = scanner.day(order) else { return nil }
    var (seconds, hasTime) = (Double(day) * 86_400, false)
    if !scanner.isAtEnd {
      guard scanner.skip(" ") || scanner.skip("T") || scanner.skip("t"),
        let time = scanner.time(), scanner.isAtEnd
      else { return nil }
      (seconds, hasTime) = (seconds + time, true)
    }
    (self.seconds, self.hasTime) = (seconds, hasTime)
  }

  /// The orders in which a text is a date.
  static func orders(of text: String) -> [DateOrder] {
    // All dates begin with a digit.
    guard let first = text.utf8.first, NumberText.isDigit(first) else { return [] }
    return DateOrder.allCases.filter { DateText(text, $0) != nil }
  }
}

/// Reads the parts of a date.
private struct DateScanner {
  private var rest: Substring.UTF8View

  init(_ text: Substring.UTF8View) { rest = text }

  var isAtEnd: Bool { rest.isEmpty }

  /// Takes a character if it is the next one.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// Takes a number of this many digits.
  private mutating func number(digits: ClosedRange<Int>) -> Int? {
    let text = rest.prefix(digits.upperBound).prefix(while: NumberText.isDigit)
    guard digits.contains(text.count) else { return nil }
    rest = rest.dropFirst(text.count)
    return text.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
  }

  /// Takes a date, as days since the start of 1970.
  mutating func day(_ order: DateOrder) -> Int? {
    let (first, digits): (ClosedRange<Int>, ClosedRange<Int>) =
      order == .yearFirst ? (4...4, 1...2) : (1...2, 4...4)
    guard let one = number(digits: first), let mark = rest.first,
      mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/")
        || (mark == UInt8(ascii: ".") && order == .dayFirst)
    else { return nil }
    let separator = Unicode.Scalar(mark)
    guard skip(separator), let two = number(digits: 1...2), skip(separator),
      let three = number(digits: digits)
    else { return nil }
    switch order {
    case .yearFirst: return CalendarDay(year: one, month: two, day: three)?.days
    case .dayFirst: return CalendarDay(year: three, month: two, day: one)?.days
    case .monthFirst: return CalendarDay(year: three, month: one, day: two)?.days
    }
  }

  /// Takes a time of day, as seconds in universal time if it has an offset.
  mutating func time() -> Double? {
    guard let hours = number(digits: 1...2), hours < 24, skip(":"),
      let minutes = number(digits: 2...2), minutes < 60
    else { return nil }
    var seconds = Double(3600 * hours + 60 * minutes)
    if skip(":") {
      guard let whole = number(digits: 2...2), whole < 60 else { return nil }
      seconds += Double(whole)
      if skip(".") {
        let digits = rest.prefix(while: NumberText.isDigit)
        guard let fraction = NumberText.double("0.".utf8 + Array(digits)), !digits.isEmpty else {
          return nil
        }
        rest = rest.dropFirst(digits.count)
        seconds += fraction
      }
    }
    return offset().map { seconds - $0 }
  }

  /// Takes the offset from universal time, in seconds; 0 if there is none, nil if it is malformed.
  private mutating func offset() -> Double? {
    if isAtEnd || skip("Z") || skip("z") { return 0 }
    let sign = skip("+") ? 1.0 : skip("-") ? -1.0 : 0
    guard sign != 0, let hours = number(digits: 2...2), hours < 24 else { return nil }
    _ = skip(":")
    guard let minutes = number(digits: 2...2), minutes < 60 else { return nil }
    return sign * Double(3600 * hours + 60 * minutes)
  }
}

extension DateText {
  /// A date as `2026-11-28`, with hours and minutes if times matter.
  ///
  /// - Parameters:
  ///   - seconds: The seconds since the start of 1970.
  ///   - hasTime: Whether to show the time.
  static func text(ofSeconds seconds: Double, hasTime: Bool) -> String {
    func padded(_ number: Int, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
    }
    let days = Int((seconds / 86_400).rounded(.down))
    let day = CalendarDay(days: days)
    let date = "\(padded(day.year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2))"
    guard hasTime else { return date }
    let minutes = Int(seconds - Double(days) * 86_400) / 60
    return "\(date) \(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
  }
}
