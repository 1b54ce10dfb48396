import Testing

@testable import LaminaData

struct CalendarDayTests {
  /// Python: `date(...).toordinal() - date(1970, 1, 1).toordinal()`.
  @Test(arguments: [
    (1970, 1, 1, 0), (1999, 12, 31, 10956), (2000, 2, 29, 11016), (2026, 11, 28, 20785),
    (1969, 7, 20, -165), (1600, 3, 1, -135_080),
  ])
  func daysAreCounted(_ year: Int, _ month: Int, _ day: Int, _ days: Int) {
    #expect(CalendarDay(year: year, month: month, day: day)?.days == days)
    #expect(CalendarDay(days: days) == CalendarDay(year: year, month: month, day: day))
  }

  /// Every day follows the one before, over two cycles of 400 years.
  @Test func countingForwardsIsCountingBackwards() {
    for days in -200_000...200_000 {
      let day = CalendarDay(days: days)
      let same = CalendarDay(year: day.year, month: day.month, day: day.day)
      guard same?.days == days else {
        Issue.record("day \(days) becomes \(day)")
        return
      }
    }
  }

  @Test(arguments: [(1900, 2, 29), (2026, 2, 29), (2026, 13, 1), (2026, 0, 1), (2026, 4, 31)])
  func daysThatDoNotExist(_ year: Int, _ month: Int, _ day: Int) {
    #expect(CalendarDay(year: year, month: month, day: day) == nil)
  }

  private static let dates: [(String, DateOrder, Double, Bool)] = [
    ("2026-11-28", DateOrder.yearFirst, 1_795_824_000, false),
    ("2026-11-28T06:30", .yearFirst, 1_795_847_400, true),
    ("2026-11-28 06:30:15.5", .yearFirst, 1_795_847_415.5, true),
    ("2026-11-28T06:30:00+02:00", .yearFirst, 1_795_840_200, true),
    ("2026-11-28T06:30:00Z", .yearFirst, 1_795_847_400, true),
    ("28.11.2026", .dayFirst, 1_795_824_000, false),
    ("11/28/2026", .monthFirst, 1_795_824_000, false),
  ]

  @Test(arguments: dates)
  func datesAreRead(_ text: String, _ order: DateOrder, _ seconds: Double, _ hasTime: Bool) {
    let date = DateText(text, order)
    #expect(date?.seconds == seconds && date?.hasTime == hasTime)
  }

  @Test(arguments: [
    "2026-11", "2026-11-28 ", "2026-11-28T", "2026-11-28 25:00", "2026-11-28 06:60",
    "2026-11-28 06:30 +2", "26-11-28", "2026-11/28", "2026.11.28", "x", "",
  ])
  func otherTextsAreNoDates(_ text: String) { #expect(DateText.orders(of: text).isEmpty) }
}
