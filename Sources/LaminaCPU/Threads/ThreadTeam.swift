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
/// its core. The thread that computes a part does not change the result.
final class ThreadTeam: @unchecked Sendable {
  /// The number of threads, the caller's among them.
  var count: Int { threads.count + 1 }

  private let members: TeamMembers
  private var threads: [pthread_t] = []
  /// The list whose phases threads may be looking at: kept until none is.
  private var current: PreparedTasks?
  /// Another run of that job.
  private var next: TeamJob?
  private var signals: UnsafeMutablePointer<TeamSignals> { members.signals }

  /// Starts `count - 1` threads.
  ///
  /// - Parameter parts: The most parts of a phase; as many as threads when nil.
  init(count: Int, parts: Int? = nil) {
    members = TeamMembers(count: max(1, count), parts: max(1, count, parts ?? count))
    for _ in 1..<max(1, count) {
      guard let thread = members.start() else { break }
      threads.append(thread)
    }
  }

  deinit {
    signals.pointee.isEnding.store(true, ordering: .releasing)
    signals.pointee.announce()
    members.sleepers.wake(0..<count)
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Runs all phases of `tasks`, each cut into `parts`, and returns when they are done. Nothing
  /// is allocated for it.
  ///
  /// - Parameter members: The number of threads that take part, the caller's among them; as many as
  ///   there are parts when nil.
  func run(_ tasks: PreparedTasks, parts: Int, members count: Int? = nil) {
    let count = min(count ?? self.count, parts, self.count)
    guard count > 1 else { return tasks.runAlone(inParts: parts) }
    let job: TeamJob
    if let next, tasks === current, parts == next.parts, count == next.members {
      job = next
      signals.pointee.announce()
    } else {
      job = replaceJob(with: tasks, parts: parts, members: count)
    }
    next = job.later(by: 1)
    members.sleepers.wake(1..<count)
    members.takePart(in: job, as: 0)
  }

  /// Publishes a job of another list, or of the same cut otherwise.
  private func replaceJob(with tasks: PreparedTasks, parts: Int, members: Int) -> TeamJob {
    signals.pointee.withdraw()
    // A thread that came late may still be looking at the phases of the last job.
    while signals.pointee.visitors.load(ordering: .sequentiallyConsistent) > 0 { sched_yield() }
    current = tasks
    let job = TeamJob(
      tasks: Unmanaged.passUnretained(tasks), parts: parts, members: members,
      phaseBase: next?.phaseBase ?? 0, partBase: next?.partBase ?? 0)
    signals.pointee.publish(job)
    return job
  }
}
