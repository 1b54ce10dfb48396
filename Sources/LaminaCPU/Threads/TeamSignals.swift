import Synchronization

/// A job as the threads of a team see it: a list that runs once or several times in a row.
struct TeamJob {
  let tasks: Unmanaged<PreparedTasks>
  /// The number of parts of a phase.
  let parts: Int
  /// The number of threads that take part: those with smaller numbers.
  let members: Int
  /// The number of phases of all runs before this one. The first phase has the next number as its
  /// ticket.
  var phaseBase: Int
  /// The parts of all runs before this one.
  var partBase: Int

  /// The run that comes `count` runs later.
  func later(by count: Int) -> TeamJob {
    let phases = count * tasks._withUnsafeGuaranteedRef { $0.phaseCount }
    var job = self
    job.phaseBase += phases
    job.partBase += phases * parts
    return job
  }
}

/// The signals between the threads of a team.
///
/// The number of the run guards the job, and is odd while the job changes. A thread that reads the
/// same even number before and after has read one consistent job. Another run of the same job only
/// needs the next even number.
struct TeamSignals: ~Copyable {
  /// Counters that are written often have cache lines of their own.
  private let number = Atomic<Int>(0)
  /// The number of the job's first run.
  private let firstNumber = Atomic<Int>(0)
  private let tasks = Atomic<UInt>(0)
  private let phaseBase = Atomic<Int>(0)
  private let partBase = Atomic<Int>(0)
  private let parts = Atomic<Int>(0)
  private let members = Atomic<Int>(0)
  private let padding1 = InlineArray<16, Int>(repeating: 0)
  /// Parts finished, of all jobs.
  let done = Atomic<Int>(0)
  private let padding2 = InlineArray<16, Int>(repeating: 0)
  /// Threads that may be looking at a job.
  let visitors = Atomic<Int>(0)
  private let padding3 = InlineArray<16, Int>(repeating: 0)
  /// Threads that have been given a number.
  let numbered = Atomic<Int>(0)
  /// True if the threads must end.
  let isEnding = Atomic<Bool>(false)
  /// For each part the ticket of the last phase in which somebody took it, a cache line apart.
  private let claims: UnsafeMutablePointer<Atomic<Int>>
  private let claimCount: Int

  private static let claimStride = 8

  private init(parts: Int) {
    claimCount = parts * Self.claimStride
    claims = .allocate(capacity: claimCount)
    for index in 0..<claimCount { (claims + index).initialize(to: Atomic<Int>(0)) }
  }

  /// Signals for jobs of up to `parts` parts.
  static func make(parts: Int) -> UnsafeMutablePointer<TeamSignals> {
    let signals = UnsafeMutablePointer<TeamSignals>.allocate(capacity: 1)
    signals.initialize(to: TeamSignals(parts: parts))
    return signals
  }

  /// Frees the memory of ``make(parts:)``.
  static func destroy(_ signals: UnsafeMutablePointer<TeamSignals>) {
    let claims = signals.pointee.claims
    claims.deinitialize(count: signals.pointee.claimCount)
    claims.deallocate()
    signals.deinitialize(count: 1)
    signals.deallocate()
  }

  /// Begins to change the job. There is none until ``publish(_:)``.
  func withdraw() { number.wrappingAdd(1, ordering: .sequentiallyConsistent) }

  /// Makes `job` the present one, whose first run begins.
  func publish(_ job: TeamJob) {
    firstNumber.store(number.load(ordering: .relaxed) + 1, ordering: .relaxed)
    tasks.store(UInt(bitPattern: job.tasks.toOpaque()), ordering: .relaxed)
    phaseBase.store(job.phaseBase, ordering: .relaxed)
    partBase.store(job.partBase, ordering: .relaxed)
    parts.store(job.parts, ordering: .relaxed)
    members.store(job.members, ordering: .relaxed)
    number.wrappingAdd(1, ordering: .sequentiallyConsistent)
  }

  /// Changes only the number, so that threads notice: another run of the job begins, or the team
  /// ends.
  func announce() { number.wrappingAdd(2, ordering: .sequentiallyConsistent) }

  /// Whether there is a run other than number `last` in which a thread takes part, or whether the
  /// team ends.
  @inline(__always)
  func hasJob(after last: Int, for thread: Int) -> Bool {
    let now = number.load(ordering: .sequentiallyConsistent)
    return now != last && now & 1 == 0
      && (thread < members.load(ordering: .acquiring) || isEnding.load(ordering: .acquiring))
  }

  /// The current job and its number; nil while it changes.
  func job() -> (TeamJob, Int)? {
    let before = number.load(ordering: .sequentiallyConsistent)
    let address = UnsafeRawPointer(bitPattern: tasks.load(ordering: .acquiring))
    guard before & 1 == 0, let address else { return nil }
    let job = TeamJob(
      tasks: Unmanaged<PreparedTasks>.fromOpaque(address), parts: parts.load(ordering: .acquiring),
      members: members.load(ordering: .acquiring), phaseBase: phaseBase.load(ordering: .acquiring),
      partBase: partBase.load(ordering: .acquiring))
    let first = firstNumber.load(ordering: .acquiring)
    guard number.load(ordering: .sequentiallyConsistent) == before else { return nil }
    return (job.later(by: (before - first) / 2), before)
  }

  /// Takes a part of the phase with the ticket `ticket`. Returns false if another thread has taken
  /// it.
  @inline(__always)
  func claim(_ part: Int, ticket: Int) -> Bool {
    let claim = claims + part * Self.claimStride
    let last = claim.pointee.load(ordering: .relaxed)
    guard last < ticket else { return false }
    return claim.pointee.compareExchange(
      expected: last, desired: ticket, ordering: .acquiringAndReleasing
    ).exchanged
  }
}
