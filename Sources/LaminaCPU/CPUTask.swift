import Lamina

/// One operation, split over the threads of a team.
struct CPUTask {
  /// What it reads and writes: decides where threads have to wait for each other.
  let accesses: [Access]
  /// Elementary operations, roughly: decides how many threads are worth it.
  let work: Int
  /// The number of rows over which it is split.
  let rows: Int
  /// The part of one thread.
  let body: (Part) -> Void

  /// A thread's part of a task.
  struct Part {
    let thread: Int
    let threads: Int
    let arguments: StepArguments

    /// The rows of this thread, of `count` altogether: always the same for the same count.
    @inline(__always)
    func rows(of count: Int) -> Range<Int> {
      count * thread / threads..<count * (thread + 1) / threads
    }
    var isFirst: Bool { thread == 0 }
  }

  /// A use of memory.
  struct Access {
    /// Which part of the memory each thread touches.
    enum Division: Equatable {
      /// Any thread may touch all of it.
      case shared
      /// Each thread touches its own rows of `rows` altogether.
      case byRows(rows: Int, stride: Int, start: UnsafeRawPointer)
      /// Only the first thread touches it.
      case firstThread
    }
    let bytes: Range<UnsafeRawPointer>
    let isWrite: Bool
    let division: Division

    /// Whether two threads may touch the same byte, one of them writing.
    func conflicts(with other: Access) -> Bool {
      (isWrite || other.isWrite) && bytes.overlaps(other.bytes)
        && (division == .shared || division != other.division)
    }

    static func reads(_ storage: CPUStorage, _ division: Division = .shared) -> Access {
      Access(storage, isWrite: false, division)
    }

    static func writes(_ storage: CPUStorage, _ division: Division = .shared) -> Access {
      Access(storage, isWrite: true, division)
    }

    /// Each thread reads its own rows.
    static func readsRows(_ matrix: Matrix<CPUBackend>) -> Access {
      reads(matrix.storage, rows(of: matrix))
    }

    /// Each thread writes its own rows.
    static func writesRows(_ matrix: Matrix<CPUBackend>) -> Access {
      writes(matrix.storage, rows(of: matrix))
    }

    private init(_ storage: CPUStorage, isWrite: Bool, _ division: Division) {
      let start = UnsafeRawPointer(storage.bytes.baseAddress.unsafelyUnwrapped)
      bytes = start..<start + storage.bytes.count
      self.isWrite = isWrite
      self.division = division
    }

    private static func rows(of matrix: Matrix<CPUBackend>) -> Division {
      .byRows(
        rows: matrix.rows, stride: matrix.stride,
        start: UnsafeRawPointer(matrix.storage.bytes.baseAddress.unsafelyUnwrapped))
    }
  }
}

/// A recorded sequence of tasks, cut into phases. Inside a phase every thread goes through the
/// parts of its own without looking at the others; between phases all wait for all.
public final class CPUSchedule {
  private(set) var phases: [[CPUTask]] = []
  private var accesses: [CPUTask.Access] = []
  private var work = 0
  private var widest = 1

  /// The least work for which a thread more pays: a few microseconds of it, against the fraction
  /// of one that a barrier costs.
  static let workPerThread = 200_000
  /// The fewest rows that a thread should get: products of fewer run far below their speed.
  static let rowsPerThread = 8

  /// Appends a task; it starts a new phase if it touches what another thread may be touching.
  func append(_ task: CPUTask) {
    let mustWait = task.accesses.contains { access in
      accesses.contains { $0.conflicts(with: access) }
    }
    if phases.isEmpty || mustWait {
      phases.append([])
      accesses = []
    }
    phases[phases.count - 1].append(task)
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
    let threads = threads(of: team.count)
    team.run(on: threads) { thread in
      let part = CPUTask.Part(thread: thread, threads: threads, arguments: arguments)
      for (number, phase) in self.phases.enumerated() {
        if number > 0 { team.barrier() }
        for task in phase { task.body(part) }
      }
    }
  }
}
