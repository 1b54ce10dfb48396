import Lamina

/// One operation, or several fused ones, divided into parts for the threads of a team.
///
/// Its body uses memory only by address, because counting references would make the threads write
/// to the same cache lines all the time. ``PreparedTasks`` keeps the memory alive.
final class CPUTask {
  /// Its name in profiles, such as `DenseForward`.
  let name: String
  /// The approximate number of elementary operations. It decides into how many parts the task is
  /// divided.
  let work: Int
  /// The number of rows over which it is split.
  let rows: Int
  /// The work of one part.
  let body: (Part) -> Void
  /// Numbers that are computed anew before each run.
  let numbers: (any StepNumbers)?
  private let size: Size

  /// The size of the task, for profiles.
  enum Size {
    /// The shape of a matrix product.
    case product(rows: Int, columns: Int, depth: Int)
    /// The bytes that it reads and writes.
    case bytes(Int)
  }

  init(
    _ name: String, work: Int, rows: Int, size: Size, numbers: (any StepNumbers)? = nil,
    body: @escaping (Part) -> Void
  ) {
    self.name = name
    self.work = work
    self.rows = rows
    self.size = size
    self.numbers = numbers
    self.body = body
  }

  /// The entry of a profile.
  var profiled: Profile.Work {
    switch size {
    case .product(let rows, let columns, let depth):
      .product(name, rows: rows, columns: columns, depth: depth)
    case .bytes(let bytes): .moving(name, bytes: bytes)
    }
  }

  /// A part of a task, which any thread can compute.
  struct Part {
    let number, count: Int
    let arguments: StepArguments

    /// The rows of this part, of `total` rows. They depend only on the total.
    @inline(__always)
    func rows(of total: Int) -> Range<Int> {
      total * number / count..<total * (number + 1) / count
    }
  }
}

/// Numbers that follow from the arguments of a step and that all threads of a run read.
protocol StepNumbers: AnyObject {
  /// Computes them for the run that comes next.
  func compute(for arguments: StepArguments)
}
