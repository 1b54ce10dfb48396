import Glibc
import Synchronization

/// Long-lived threads that go through the phases of a job together; the thread that calls takes
/// part as number 0.
///
/// A training step of a small network lasts tens of microseconds, so threads are neither started
/// nor woken in a step: they spin for a while, and sleep only when no work has come for them. A run
/// may leave some of them out, which then sleep and take nothing from the others.
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
  private let sleepers: Sleepers

  /// Starts `count - 1` threads.
  ///
  /// - Parameter parts: The most parts of a phase; as many as threads when nil.
  init(count: Int, parts: Int? = nil) {
    signals = TeamSignals.make(parts: max(1, count, parts ?? count))
    sleepers = Sleepers(count: max(1, count))
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
    sleepers.wake(0..<count)
    for thread in threads { pthread_join(thread, nil) }
    TeamSignals.destroy(signals)
  }

  /// Runs all phases of `schedule`, each cut into `parts`, and returns when they are done. Nothing
  /// is allocated for it.
  ///
  /// - Parameter members: How many threads take part, the caller's among them; as many as there are
  ///   parts when nil.
  func run(_ schedule: CPUSchedule, parts: Int, members: Int? = nil) {
    let members = min(members ?? count, parts, count)
    guard members > 1 else { return schedule.runAlone(inParts: parts) }
    let job: TeamJob
    if let next, schedule === current, parts == next.parts, members == next.members {
      job = next
      signals.pointee.announce()
    } else {
      job = replaceJob(with: schedule, parts: parts, members: members)
    }
    next = job.later(by: 1)
    sleepers.wake(1..<members)
    takePart(in: job, as: 0)
  }

  /// Publishes a job of another schedule, or of the same cut otherwise.
  private func replaceJob(with schedule: CPUSchedule, parts: Int, members: Int) -> TeamJob {
    signals.pointee.withdraw()
    // A thread that came late may still be looking at the phases of the last job.
    while signals.pointee.visitors.load(ordering: .sequentiallyConsistent) > 0 { sched_yield() }
    current = schedule
    let job = TeamJob(
      schedule: Unmanaged.passUnretained(schedule), parts: parts, members: members,
      phaseBase: next?.phaseBase ?? 0, partBase: next?.partBase ?? 0)
    signals.pointee.publish(job)
    return job
  }

  /// Goes through the phases of a run. Of one that is over already nothing is left to be claimed.
  ///
  /// A thread begins with parts of its own that lie side by side: the same ones in each phase, so that
  /// what it has read and written is still in its caches.
  private func takePart(in job: TeamJob, as number: Int) {
    let first = number * job.parts / job.members
    job.schedule._withUnsafeGuaranteedRef { schedule in
      for phase in 0..<schedule.phaseCount {
        let ticket = job.phaseBase + phase + 1
        for turn in 0..<job.parts {
          let part = (first + turn) % job.parts
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

  /// Waits until another run than the one numbered `last` has been announced for this thread.
  private func waitForJob(after last: Int, as number: Int) {
    for _ in 0..<Self.spinsBeforeSleep
    where signals.pointee.hasJob(after: last, for: number) { return }
    sleepers.sleep(number) { signals.pointee.hasJob(after: last, for: number) }
  }

  /// What a thread other than the caller's does, until the team ends.
  fileprivate func work() {
    let number = signals.pointee.numbered.wrappingAdd(1, ordering: .relaxed).newValue
    var last = 0
    while true {
      waitForJob(after: last, as: number)
      if signals.pointee.isEnding.load(ordering: .acquiring) { return }
      signals.pointee.visitors.wrappingAdd(1, ordering: .sequentiallyConsistent)
      if let (job, jobNumber) = signals.pointee.job() {
        last = jobNumber
        if number < job.members { takePart(in: job, as: number) }
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
