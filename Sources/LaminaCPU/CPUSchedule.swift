import Lamina

/// A recorded sequence of tasks, cut into phases. Inside a phase every thread goes through the
/// parts of its own without looking at the others; between phases all wait for all.
public final class CPUSchedule {
  private var tasks: [CPUTask] = []
  /// What the tasks of the last phase touch.
  private var accesses: [CPUTask.Access] = []
  private var work = 0
  private var widest = 1
  /// The tasks without reference counts, nil where a new phase starts.
  private var program: [Unmanaged<CPUTask>?] = []

  private var arguments = StepArguments()

  /// The least work for which a thread more pays: a few microseconds of it, against the fraction
  /// of one that a barrier costs.
  static let workPerThread = 200_000
  /// The fewest rows that a thread should get: products of fewer run far below their speed.
  static let rowsPerThread = 8

  /// The number of phases: one more than the barriers between them.
  var phaseCount: Int { tasks.isEmpty ? 0 : program.count - tasks.count + 1 }

  /// Appends a task; it starts a new phase if it touches what another thread may be touching.
  func append(_ task: CPUTask) {
    let mustWait = task.accesses.contains { access in
      accesses.contains { $0.conflicts(with: access) }
    }
    if mustWait {
      program.append(nil)
      accesses = []
    }
    tasks.append(task)
    program.append(Unmanaged.passUnretained(task))
    accesses += task.accesses
    work += task.work
    widest = max(widest, task.rows)
  }

  /// How many of `available` threads are worth using.
  func threads(of available: Int) -> Int {
    max(1, min(available, work / Self.workPerThread, widest / Self.rowsPerThread))
  }

  /// Runs all tasks.
  func run(on team: ThreadTeam, _ arguments: StepArguments) {
    self.arguments = arguments
    team.run(on: threads(of: team.count), self)
  }

  /// One thread's part of all tasks.
  func run(thread: Int, of threads: Int, in team: ThreadTeam) {
    let part = CPUTask.Part(thread: thread, threads: threads, arguments: arguments)
    program.withUnsafeBufferPointer { program in
      for task in program {
        if let task { task._withUnsafeGuaranteedRef { $0.body(part) } } else { team.barrier() }
      }
    }
  }
}
