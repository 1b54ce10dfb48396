/// A day of the Gregorian calendar, which is taken to hold for all years.
struct CalendarDay: Equatable {
  let year: Int
  /// From 1.
  let month: Int
  /// From 1.
  let day: Int

  private static let daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  /// The days from 1 March of the year 0 to the start of 1970.
  private static let daysBefore1970 = 719_468
  /// The days of 400 years, after which the calendar repeats.
  private static let daysOfCycle = 146_097

  /// Nil for days that the calendar does not have.
  init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1 else { return nil }
    let leap = month == 2 && Self.isLeap(year) ? 1 : 0
    guard day <= Self.daysOfMonths[month - 1] + leap else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The day that is this many days after the start of 1970.
  ///
  /// Years begin in March here, so that the day of 29 February is the last one; see Howard
  /// Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  init(days: Int) {
    let (cycle, ofCycle) = (days + Self.daysBefore1970).flooredDivision(by: Self.daysOfCycle)
    let ofYears = (ofCycle - ofCycle / 1460 + ofCycle / 36_524 - ofCycle / 146_096) / 365
    let ofYear = ofCycle - (365 * ofYears + ofYears / 4 - ofYears / 100)
    let fromMarch = (5 * ofYear + 2) / 153
    day = ofYear - (153 * fromMarch + 2) / 5 + 1
    month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
    year = ofYears + 400 * cycle + (month <= 2 ? 1 : 0)
  }

  /// The days since the start of 1970.
  var days: Int {
    let fromMarch = month <= 2 ? year - 1 : year
    let (cycle, ofCycle) = fromMarch.flooredDivision(by: 400)
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return cycle * Self.daysOfCycle + 365 * ofCycle + ofCycle / 4 - ofCycle / 100 + ofYear
      - Self.daysBefore1970
  }

  /// The days before this one in its year, as a share of the year.
  var shareOfYear: Double {
    let before = Self.daysOfMonths[..<(month - 1)].reduce(0, +)
    let isLeap = Self.isLeap(year)
    let number = before + (month > 2 && isLeap ? 1 : 0) + day - 1
    return Double(number) / (isLeap ? 366 : 365)
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}

extension Int {
  /// The quotient rounded down, and the remainder, which is not negative.
  fileprivate func flooredDivision(by divisor: Int) -> (Int, Int) {
    let remainder = (self % divisor + divisor) % divisor
    return ((self - remainder) / divisor, remainder)
  }
}
