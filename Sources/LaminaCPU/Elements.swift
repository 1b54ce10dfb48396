import Lamina

/// Where the elements of a vector lie in memory: a plain address, for the inner loops.
struct Elements {
  let start: UnsafeMutablePointer<Float>
  let count: Int

  init(_ vector: Vector<CPUBackend>) {
    start = vector.storage.floats
    count = vector.count
  }
}

extension CPUTask.Part {
  /// The elements of a vector that are this part's: whole sixteens but for the end.
  @inline(__always)
  func elements(of vector: Elements) -> Range<Int> {
    let mine = rows(of: (vector.count + 15) / 16)
    return min(mine.lowerBound * 16, vector.count)..<min(mine.upperBound * 16, vector.count)
  }
}

extension Vector<CPUBackend> {
  /// The number of sixteens, the last perhaps not full: how work on a vector is split.
  var vectors: Int { (count + 15) / 16 }
}

extension CPUTask.Access {
  /// Each part writes its own sixteens.
  static func writesVectors(_ vector: Vector<CPUBackend>) -> CPUTask.Access {
    .writes(vector.storage, division(of: vector))
  }

  /// Each part reads its own sixteens.
  static func readsVectors(_ vector: Vector<CPUBackend>) -> CPUTask.Access {
    .reads(vector.storage, division(of: vector))
  }

  /// Each part writes the slots of its rows of a batch of `rows`.
  static func writesSlots(_ vector: Vector<CPUBackend>, rows: Int) -> CPUTask.Access {
    .writes(vector.storage, slots(of: vector, rows: rows))
  }

  /// Each part reads the slots of its rows of a batch of `rows`.
  static func readsSlots(_ vector: Vector<CPUBackend>, rows: Int) -> CPUTask.Access {
    .reads(vector.storage, slots(of: vector, rows: rows))
  }

  private static func slots(of vector: Vector<CPUBackend>, rows: Int) -> Division {
    .byRows(rows: rows, stride: 1, start: UnsafeRawPointer(vector.storage.floats))
  }

  private static func division(of vector: Vector<CPUBackend>) -> Division {
    .byRows(
      rows: vector.vectors, stride: 16, start: UnsafeRawPointer(vector.storage.floats))
  }
}
