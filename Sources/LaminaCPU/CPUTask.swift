import Lamina

/// One operation, cut into parts for the threads of a team.
///
/// Its body touches memory by address alone (``Rows``): counting references would make the threads
/// write to the same cache lines all the time. The accesses keep the memory alive.
final class CPUTask {
  /// What it reads and writes: decides where parts have to wait for each other.
  let accesses: [Access]
  /// Elementary operations, roughly: decides into how many parts it is worth cutting.
  let work: Int
  /// The number of rows over which it is split.
  let rows: Int
  /// The work of one part.
  let body: (Part) -> Void
  /// The same work cut by columns, where a task that follows may want it so.
  let byColumns: CPUTask?
  /// The operation that it belongs to, for profiles.
  var name = ""
  /// The shape of the matrix product that it is, for profiles; nil where it is none.
  private let product: (rows: Int, columns: Int, depth: Int)?
  /// What it reads and writes, for profiles; nil where that is all of its memory.
  private let bytes: Int?

  init(
    accesses: [Access], work: Int, rows: Int,
    product: (rows: Int, columns: Int, depth: Int)? = nil, bytes: Int? = nil,
    byColumns: CPUTask? = nil, body: @escaping (Part) -> Void
  ) {
    self.product = product
    self.bytes = bytes
    self.byColumns = byColumns
    self.accesses = accesses
    self.work = work
    self.rows = rows
    self.body = body
  }

  /// Whether it writes to `storage`.
  func writes(_ storage: CPUStorage) -> Bool {
    accesses.contains { $0.isWrite && $0.bytes.lowerBound == UnsafeRawPointer(storage.floats) }
  }

  /// What a profile says of it. Memory that several accesses name is counted once.
  var profiled: Profile.Work {
    if let product {
      return .product(
        name, rows: product.rows, columns: product.columns, depth: product.depth)
    }
    var counts: [UnsafeRawPointer: Int] = [:]
    for access in accesses {
      counts[access.bytes.lowerBound] = max(
        access.bytes.count, counts[access.bytes.lowerBound] ?? 0)
    }
    return .moving(name, bytes: bytes ?? counts.values.reduce(0, +))
  }

  /// A part of a task: a thread computes it, whichever.
  struct Part {
    let number: Int
    let count: Int
    let arguments: StepArguments

    /// The rows of this part, of `total` altogether: always the same for the same total.
    @inline(__always)
    func rows(of total: Int) -> Range<Int> {
      total * number / count..<total * (number + 1) / count
    }
  }

  /// A use of memory.
  struct Access {
    /// Which of the memory each part touches.
    enum Division: Equatable {
      /// Any part may touch all of it.
      case shared
      /// Each part touches its own rows of `rows` altogether.
      case byRows(rows: Int, stride: Int, start: UnsafeRawPointer)
      /// Each part touches its own columns of `columns` altogether.
      case byColumns(columns: Int, start: UnsafeRawPointer)
    }
    private let storage: CPUStorage
    let bytes: Range<UnsafeRawPointer>
    let isWrite: Bool
    let division: Division

    /// Whether two parts may touch the same byte, one of them writing.
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

    /// Each part reads its own rows.
    static func readsRows(_ matrix: Matrix<CPUBackend>) -> Access {
      reads(matrix.storage, rows(of: matrix))
    }

    /// Each part writes its own rows.
    static func writesRows(_ matrix: Matrix<CPUBackend>) -> Access {
      writes(matrix.storage, rows(of: matrix))
    }

    /// Each part reads its own columns.
    static func readsColumns(_ matrix: Matrix<CPUBackend>) -> Access {
      reads(matrix.storage, columns(of: matrix))
    }

    /// Each part writes its own columns.
    static func writesColumns(_ matrix: Matrix<CPUBackend>) -> Access {
      writes(matrix.storage, columns(of: matrix))
    }

    private init(_ storage: CPUStorage, isWrite: Bool, _ division: Division) {
      self.storage = storage
      let start = UnsafeRawPointer(storage.floats)
      bytes = start..<start + storage.bytes.count
      self.isWrite = isWrite
      self.division = division
    }

    private static func columns(of matrix: Matrix<CPUBackend>) -> Division {
      .byColumns(columns: matrix.columns, start: UnsafeRawPointer(matrix.storage.floats))
    }

    private static func rows(of matrix: Matrix<CPUBackend>) -> Division {
      .byRows(
        rows: matrix.rows, stride: matrix.stride,
        start: UnsafeRawPointer(matrix.storage.floats))
    }
  }
}
