import Lamina

/// One operation, split over the threads of a team.
///
/// Its body touches memory by address alone (``Rows``): counting references would make the threads
/// write to the same cache lines all the time. The accesses keep the memory alive.
final class CPUTask {
  /// What it reads and writes: decides where threads have to wait for each other.
  let accesses: [Access]
  /// Elementary operations, roughly: decides how many threads are worth it.
  let work: Int
  /// The number of rows over which it is split.
  let rows: Int
  /// The part of one thread.
  let body: (Part) -> Void

  init(accesses: [Access], work: Int, rows: Int, body: @escaping (Part) -> Void) {
    self.accesses = accesses
    self.work = work
    self.rows = rows
    self.body = body
  }

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
    private let storage: CPUStorage
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
      self.storage = storage
      let start = UnsafeRawPointer(storage.floats)
      bytes = start..<start + storage.bytes.count
      self.isWrite = isWrite
      self.division = division
    }

    private static func rows(of matrix: Matrix<CPUBackend>) -> Division {
      .byRows(
        rows: matrix.rows, stride: matrix.stride,
        start: UnsafeRawPointer(matrix.storage.floats))
    }
  }
}
