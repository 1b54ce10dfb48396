/// Decides by measuring how many threads run a prepared list: 1, 2, 4 and so on, one per core, or
/// all.
///
/// Communication between threads takes a few microseconds of a step on some machines and a fraction
/// of one on others. It can change while a program runs; on virtual machines it does so within
/// hours. So from time to time some runs use fewer or more threads, and the number with the
/// smallest median is kept until the next trial. The division into parts does not change, so
/// results have the same bits.
struct TeamChoice {
  /// The plan of a run.
  struct Run: Equatable {
    let threads: Int
    /// True if its time is wanted by ``finished(_:)``.
    let isMeasured: Bool
  }

  /// The runs for which a choice holds.
  static let period = 4000
  /// The number of runs at the start of a trial that do not count, because threads may have to wake
  /// up. A time limit also ends them.
  static let unmeasured = 8
  static let unmeasuredSeconds = 0.002
  /// The runs of a trial that count, or fewer that last so many seconds.
  static let measured = 15
  static let leastMeasured = 3
  static let measuredSeconds = 0.01
  /// The run after which fewer threads are tried for lists with enough work per thread that more
  /// threads should be faster. They are not if other programs use the processors that the system
  /// reports.
  static let lateTrial = 500
  /// The most work a thread for which fewer threads may well be faster.
  static let workWorthMeasuring = 8_000_000
  /// The slowness, relative to the best number, beyond which the next number is not tried.
  static let tolerance = 1.1
  /// The ratio to the best time that rules out a number of threads after a single long run, or
  /// after a few short runs of a late trial.
  static let clearlySlower = 1.5

  /// The numbers to choose from, in order. Only the first `choices` are used.
  private var numbers = InlineArray<16, Int>(repeating: 1)
  private var choices = 0
  private let work: Int

  private var best: Int
  private var trial: Trial?
  private var position = 0
  private var seconds = InlineArray<15, Double>(repeating: 0)

  /// A trial of one number of threads.
  private struct Trial {
    /// Its place among the numbers.
    let choice: Int
    /// -1 if the number before is tried next, 1 if the number after is, and 0 for the best number
    /// so far, whose time the others must beat.
    let direction: Int
    var warmUps = 0
    var warmUpSeconds = 0.0
    var count = 0
    var total = 0.0
  }
  private var bestSeconds = 0.0
  /// The best number before the present trials.
  private var former: Int
  private var isLate = false

  /// - Parameters:
  ///   - most: The maximum number of threads, at most 8192.
  ///   - cores: The number of threads that have a core each, which the first runs use.
  ///   - work: The elementary operations of a run.
  init(most: Int, cores: Int, work: Int) {
    self.work = work
    let (most, cores) = (max(1, most), max(1, min(cores, most)))
    var number = 1
    best = 0
    former = 0
    func isNew(_ other: Int, _ next: Int) -> Bool { other > number && other < next }
    while number < most {
      add(number)
      let next = min(2 * number, most)
      if isNew(cores, next) { add(cores) }
      number = next
    }
    add(most)
    for choice in 0..<choices where numbers[choice] == cores { best = choice }
    former = best
  }

  private mutating func add(_ number: Int) {
    numbers[choices] = number
    choices += 1
  }

  /// The number of threads that is the best as far as is known.
  var threads: Int { numbers[best] }

  /// The plan of the next run.
  mutating func next() -> Run {
    guard choices > 1 else { return Run(threads: threads, isMeasured: false) }
    if trial == nil { beginTrials() }
    position = position + 1 == Self.period ? 0 : position + 1
    guard let trial else { return Run(threads: threads, isMeasured: false) }
    return Run(threads: numbers[trial.choice], isMeasured: true)
  }

  /// At the start of a period, and once later for numbers that are unlikely to be faster.
  private mutating func beginTrials() {
    guard position == 0 || position == Self.lateTrial && best > 0 && !isLikely(best - 1) else {
      return
    }
    isLate = position > 0
    former = best
    if isLate || hasNeighbour { trial = Trial(choice: best, direction: 0) }
  }

  private var hasNeighbour: Bool { best + 1 < choices || best > 0 && isLikely(best - 1) }

  /// True if a number may well be faster than more threads.
  private func isLikely(_ choice: Int) -> Bool { work / numbers[choice] <= Self.workWorthMeasuring }

  /// Takes the time of a measured run.
  mutating func finished(_ time: Double) {
    guard var trial else { return }
    let isWarm =
      trial.warmUps >= (isLate ? 1 : Self.unmeasured)
      || trial.warmUpSeconds >= Self.unmeasuredSeconds
    if isWarm {
      seconds[trial.count] = time
      trial.count += 1
      trial.total += time
    } else {
      trial.warmUps += 1
      trial.warmUpSeconds += time
    }
    self.trial = trial
    if isOver(trial, last: time) { conclude(trial) }
  }

  private func isOver(_ trial: Trial, last: Double) -> Bool {
    if trial.count == Self.measured { return true }
    let limit = trial.direction == 0 ? .infinity : Self.clearlySlower * bestSeconds
    if trial.count >= Self.leastMeasured {
      return trial.total >= Self.measuredSeconds || isLate && median(of: trial.count) > limit
    }
    return trial.count > 0 && last >= Self.measuredSeconds && last > limit
  }

  /// Compares a number of threads with the best so far, and goes on to the next one.
  private mutating func conclude(_ trial: Trial) {
    let time = median(of: trial.count)
    var direction = trial.direction
    if direction == 0 || time < bestSeconds {
      best = trial.choice
      bestSeconds = time
    } else if time > Self.tolerance * bestSeconds {
      // Numbers further in this direction are slower.
      self.trial = direction < 0 ? upwards() : nil
      return
    }
    if direction == 0 { direction = -1 }
    let next = trial.choice + direction
    if direction < 0 {
      self.trial = isWorthATrial(next) ? Trial(choice: next, direction: -1) : upwards()
    } else {
      self.trial = next < choices ? Trial(choice: next, direction: 1) : nil
    }
  }

  private func isWorthATrial(_ choice: Int) -> Bool { choice >= 0 && (isLate || isLikely(choice)) }

  /// The trial of more threads, unless fewer have just been found to be better.
  private func upwards() -> Trial? {
    guard best == former, best + 1 < choices, !isLate else { return nil }
    return Trial(choice: best + 1, direction: 1)
  }

  /// The median of the first `count` measured times. Allocates nothing.
  private func median(of count: Int) -> Double {
    var sorted = seconds
    for end in 1..<max(1, count) {
      var place = end
      while place > 0, sorted[place - 1] > sorted[place] {
        sorted.swapAt(place - 1, place)
        place -= 1
      }
    }
    return sorted[count / 2]
  }
}
