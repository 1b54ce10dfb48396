import Glibc
import Synchronization

/// The state that the threads of a team share, and the loop that each of them runs.
///
/// Every thread holds its own reference. No thread refers to the team itself: such a reference
/// could become the last one, and the deinitialiser of the team would wait for the thread that runs
/// it.
final class TeamMembers: @unchecked Sendable {
  let signals: UnsafeMutablePointer<TeamSignals>
  let sleepers: Sleepers
  /// Finds the processors of a thread by its number; nil where any will do.
  private let place: @Sendable (Int) -> [Int]?

  /// For `count` threads and jobs of up to `parts` parts.
  init(count: Int, parts: Int, place: @escaping @Sendable (Int) -> [Int]?) {
    self.place = place
    signals = TeamSignals.make(parts: parts)
    sleepers = Sleepers(count: count)
  }

  deinit { TeamSignals.destroy(signals) }

  /// Starts a thread; nil if the system cannot.
  func start() -> pthread_t? {
    var thread = pthread_t()
    let own = Unmanaged.passRetained(self)
    guard pthread_create(&thread, nil, threadMain, own.toOpaque()) == 0 else {
      own.release()
      return nil
    }
    return thread
  }

  /// Runs through the phases of a run. If the run is already over, no part is left to claim.
  ///
  /// A thread begins with its own adjacent parts, which are the same in each phase, so that their
  /// data are still in its caches.
  func takePart(in job: TeamJob, as number: Int) {
    let first = number * job.parts / job.members
    job.tasks._withUnsafeGuaranteedRef { tasks in
      for phase in 0..<tasks.phaseCount {
        let ticket = job.phaseBase + phase + 1
        for turn in 0..<job.parts {
          let part = (first + turn) % job.parts
          guard signals.pointee.claim(part, ticket: ticket) else { continue }
          tasks.run(phase: phase, part: part, of: job.parts)
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
      // Another process may be using the core that the late thread needs.
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

  /// The loop of a thread other than the caller's, until the team ends.
  fileprivate func work() {
    let number = signals.pointee.numbered.wrappingAdd(1, ordering: .relaxed).newValue
    if let processors = place(number) { ProcessorShare.keepThread(on: processors) }
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

private func threadMain(_ members: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let members else { return nil }
  Denormals.flushToZero()
  Unmanaged<TeamMembers>.fromOpaque(members).takeRetainedValue().work()
  return nil
}
