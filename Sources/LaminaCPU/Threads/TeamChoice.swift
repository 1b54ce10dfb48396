/// Decides by measuring how many threads run a prepared list: 1, 2, 4 and so on, one a core, or
/// all.
///
/// Communication between threads takes a few microseconds of a step on some machines, a fraction of
/// one on others, and may change while a program runs: on virtual machines by the hour. So now and
/// then some runs are made with fewer threads and with more, and the number with the smallest
/// median is kept until the next time. Parts are cut the same, and results are the same bits.
struct TeamChoice {
  /// The plan of a run.
  struct Run: Equatable {
    let threads: Int
    /// True if its time is wanted by ``finished(_:)``.
    let isMeasured: Bool
  }

  /// The runs for which a choice holds.
  static let period = 4000
  /// The first runs of a trial do not count, since threads may have to be woken: so many, or fewer
  /// that last so many seconds.
  static let unmeasured = 8
  static let unmeasuredSeconds = 0.002
  /// The runs of a trial that count, or fewer that last so many seconds.
  static let measured = 15
  static let leastMeasured = 3
  static let measuredSeconds = 0.01
  /// The run after which fewer threads are tried for lists with so much work for each of them
  /// that more should be faster: they are not where others have the processors that the system
  /// shows.
  static let lateTrial = 500
  /// The most work a thread for which fewer threads may well be faster.
  static let workWorthMeasuring = 8_000_000
  /// The slowness, relative to the best number, beyond which the next number is not tried.
  static let tolerance = 1.1
  /// The slowness, relative to the best number, for which a single long run is enough, or a few
  /// short ones of a late trial.
  static let clearlySlower = 1.5

  /// The numbers to choose from, in order: the first `choices` of these.
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
    /// -1 where the one before is tried after it, 1 where the one behind is, 0 for the best so far,
    /// whose time the others must beat.
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
  ///   - most: The most threads that can take part, at most 8192.
  ///   - cores: The number of threads that have a core each, which the first runs use.
  ///   - work: Elementary operations of a run.
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
      // Going on this way leads to slower ones.
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

  /// Of the first `count` measured times; nothing is allocated for it.
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
