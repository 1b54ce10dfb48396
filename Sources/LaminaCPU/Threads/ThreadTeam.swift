import Glibc
import Synchronization

/// Long-lived threads that run through the phases of a job together. The calling thread takes part
/// as number 0.
///
/// A training step of a small network lasts tens of microseconds, so threads are neither started
/// nor woken in a step. They spin for a while, and sleep only if no work arrives. Threads that a
/// run leaves out sleep and take no time from the others.
///
/// A phase is divided into parts, and a thread that has finished its own parts takes those that
/// nobody has begun. So on a machine that other programs use too, a step does not wait for a thread
/// that has lost its core. The result does not depend on which thread computes a part.
final class ThreadTeam: @unchecked Sendable {
  /// The number of threads, the caller's among them.
  var count: Int { threads.count + 1 }

  private let members: TeamMembers
  private var threads: [pthread_t] = []
  /// The list whose phases threads may be reading. It is kept until none does.
  private var current: PreparedTasks?
  /// Another run of that job.
  private var next: TeamJob?
  private var signals: UnsafeMutablePointer<TeamSignals> { members.signals }

  /// Starts `count - 1` threads.
  ///
  /// - Parameters:
  ///   - count: The number of threads with the caller's.
  ///   - parts: The maximum number of parts of a phase; nil for the number of threads.
  ///   - place: The processors at which the thread with a number stays; nil where any will do. The
  ///     caller's thread is left as it is.
  init(
    count: Int, parts: Int? = nil, place: @escaping @Sendable (Int) -> [Int]? = { _ in nil }
  ) {
    members = TeamMembers(
      count: max(1, count), parts: max(1, count, parts ?? count), place: place)
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

  /// Runs all phases of `tasks`, each divided into `parts`, and returns when they are done.
  /// Allocates nothing.
  ///
  /// - Parameter members: The number of threads that take part, including the caller; nil for the
  ///   number of parts.
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
    // A late thread may still be reading the phases of the last job.
    while signals.pointee.visitors.load(ordering: .sequentiallyConsistent) > 0 { sched_yield() }
    current = tasks
    let job = TeamJob(
      tasks: Unmanaged.passUnretained(tasks), parts: parts, members: members,
      phaseBase: next?.phaseBase ?? 0, partBase: next?.partBase ?? 0)
    signals.pointee.publish(job)
    return job
  }
}
