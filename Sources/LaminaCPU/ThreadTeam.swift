import Glibc
import Synchronization

/// Long-lived threads that go through the phases of a job together; the thread that calls takes
/// part as number 0.
///
/// A training step of a small network lasts tens of microseconds, so threads are neither started
/// nor woken in a step: they spin for a while, and sleep only when no work has come.
///
/// A phase is cut into parts, and a thread that has finished its own takes those that nobody has
/// begun: on a machine that other programs use too, a step does not wait for a thread that has lost
/// its core. Who computes a part does not change what is computed.
final class ThreadTeam: @unchecked Sendable {
  /// The number of threads, the caller's among them.
  var count: Int { threads.count + 1 }

  private let signals: UnsafeMutablePointer<TeamSignals>
  private var threads: [pthread_t] = []
  /// The schedule whose phases threads may be looking at: kept until none is.
  private var current: CPUSchedule?
  /// Another run of that job.
  private var next: TeamJob?
  private var mutex = pthread_mutex_t()
  private var condition = pthread_cond_t()

  /// Starts `count - 1` threads.
  init(count: Int) {
    signals = TeamSignals.make(parts: max(1, count))
    pthread_mutex_init(&mutex, nil)
    pthread_cond_init(&condition, nil)
    // The threads hold the team unretained, because the team's end waits for them.
    let team = Unmanaged.passUnretained(self).toOpaque()
    for _ in 1..<max(1, count) {
      var thread = pthread_t()
      guard pthread_create(&thread, nil, threadMain, team) == 0 else { break }
      threads.append(thread)
    }
  }

  deinit {
    signals.pointee.isEnding.store(true, ordering: .releasing)
    signals.pointee.announce()
    wakeSleepers()
    for thread in threads { pthread_join(thread, nil) }
    pthread_cond_destroy(&condition)
    pthread_mutex_destroy(&mutex)
    TeamSignals.destroy(signals)
  }

  /// Runs all phases of `schedule`, each cut into `parts`, and returns when they are done. Nothing
  /// is allocated for it.
  func run(_ schedule: CPUSchedule, parts: Int) {
    guard parts > 1 else { return schedule.runAlone() }
    let job: TeamJob
    if let next, schedule === current, parts == next.parts {
      job = next
      signals.pointee.announce()
    } else {
      job = replaceJob(with: schedule, parts: parts)
    }
    next = job.later(by: 1)
    wakeSleepers()
    takePart(in: job, as: 0)
  }

  /// Publishes a job of another schedule, or of the same cut otherwise.
  private func replaceJob(with schedule: CPUSchedule, parts: Int) -> TeamJob {
    signals.pointee.withdraw()
    // A thread that came late may still be looking at the phases of the last job.
    while signals.pointee.visitors.load(ordering: .sequentiallyConsistent) > 0 { sched_yield() }
    current = schedule
    let job = TeamJob(
      schedule: Unmanaged.passUnretained(schedule), parts: parts, phaseBase: next?.phaseBase ?? 0,
      partBase: next?.partBase ?? 0)
    signals.pointee.publish(job)
    return job
  }

  /// Goes through the phases of a run. Of one that is over already nothing is left to be claimed.
  private func takePart(in job: TeamJob, as number: Int) {
    job.schedule._withUnsafeGuaranteedRef { schedule in
      for phase in 0..<schedule.phaseCount {
        let ticket = job.phaseBase + phase + 1
        for turn in 0..<job.parts {
          let part = (number + turn) % job.parts
          guard signals.pointee.claim(part, ticket: ticket) else { continue }
          schedule.run(phase: phase, part: part, of: job.parts)
          signals.pointee.done.wrappingAdd(1, ordering: .releasing)
        }
        waitUntilDone(job.partBase + (phase + 1) * job.parts)
      }
    }
  }

  private func waitUntilDone(_ count: Int) {
    var spins = 0
    while signals.pointee.done.load(ordering: .acquiring) < count {
      spins &+= 1
      // Another process may hold the core that the late thread needs.
      if spins > Self.spinsBeforeYield { sched_yield() }
    }
  }

  private static let spinsBeforeYield = 10_000
  private static let spinsBeforeSleep = 200_000

  private func wakeSleepers() {
    guard signals.pointee.sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    pthread_mutex_lock(&mutex)
    pthread_cond_broadcast(&condition)
    pthread_mutex_unlock(&mutex)
  }

  /// Waits until another run than the one numbered `last` has been announced.
  private func waitForJob(after last: Int) {
    for _ in 0..<Self.spinsBeforeSleep where signals.pointee.hasJob(after: last) { return }
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    signals.pointee.sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    defer { signals.pointee.sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent) }
    while !signals.pointee.hasJob(after: last) { pthread_cond_wait(&condition, &mutex) }
  }

  /// What a thread other than the caller's does, until the team ends.
  fileprivate func work() {
    let number = signals.pointee.numbered.wrappingAdd(1, ordering: .relaxed).newValue
    var last = 0
    while true {
      waitForJob(after: last)
      if signals.pointee.isEnding.load(ordering: .acquiring) { return }
      signals.pointee.visitors.wrappingAdd(1, ordering: .sequentiallyConsistent)
      if let (job, jobNumber) = signals.pointee.job() {
        last = jobNumber
        if number < job.parts { takePart(in: job, as: number) }
      }
      signals.pointee.visitors.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    }
  }
}

private func threadMain(_ team: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let team else { return nil }
  Denormals.flushToZero()
  Unmanaged<ThreadTeam>.fromOpaque(team)._withUnsafeGuaranteedRef { $0.work() }
  return nil
}
