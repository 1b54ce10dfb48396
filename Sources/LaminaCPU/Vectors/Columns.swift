/// Processes some columns of a batch from top to bottom: sixteen columns at a time, row after row,
/// with its own memory for sums.
struct Columns {
  /// The columns. The first is a multiple of sixteen.
  let range: Range<Int>
  /// The number of rows.
  let rows: Int
  /// True if whole vectors may be read and written at the ends of rows.
  let hasPadding: Bool

  /// The number of sixteens, the last perhaps not full.
  var vectors: Int { (range.count + 15) / 16 }

  /// The number of rows that are summed before they are added to the total, which keeps the
  /// rounding error of long columns small.
  private static let block = 64

  /// Lends room for `count` numbers of each column, all zero, one after the other.
  @inline(__always)
  func withMemory(_ count: Int, _ body: (Memory) -> Void) {
    withUnsafeTemporaryAllocation(of: Floats.self, capacity: count * vectors) { memory in
      memory.initialize(repeating: .zero)
      guard let start = memory.baseAddress else { return }
      body(Memory(start: start, vectors: vectors))
    }
  }

  /// Several numbers of each column.
  struct Memory {
    fileprivate let start: UnsafeMutablePointer<Floats>
    fileprivate let vectors: Int

    /// One number of each column.
    @inline(__always)
    subscript(_ number: Int) -> UnsafeMutablePointer<Floats> { start + number * vectors }
  }

  /// Calls `body` with each row, and with the place of each sixteen columns in it and in memory.
  @inline(__always)
  func forEach(_ body: (_ row: Int, _ column: Int, _ vector: Int) -> Void) {
    for row in 0..<rows {
      for vector in 0..<vectors { body(row, range.lowerBound + vector * 16, vector) }
    }
  }

  /// Adds terms of all rows to `totals`.
  @inline(__always)
  func sum(
    into totals: UnsafeMutablePointer<Floats>, _ part: UnsafeMutablePointer<Floats>,
    _ term: (_ row: Int, _ column: Int, _ vector: Int) -> Floats
  ) {
    for start in stride(from: 0, to: rows, by: Self.block) {
      for vector in 0..<vectors { part[vector] = .zero }
      for row in start..<min(rows, start + Self.block) {
        for vector in 0..<vectors {
          part[vector] += term(row, range.lowerBound + vector * 16, vector)
        }
      }
      for vector in 0..<vectors { totals[vector] += part[vector] }
    }
  }

  /// Sixteen numbers of a row, zeros beyond its end.
  @inline(__always)
  func load(_ row: UnsafeMutablePointer<Float>, _ column: Int) -> Floats {
    row.vector(at: column, before: range.upperBound, hasPadding: hasPadding)
  }

  /// Stores sixteen numbers of a row, but for those beyond its end.
  @inline(__always)
  func store(_ numbers: Floats, to row: UnsafeMutablePointer<Float>, _ column: Int) {
    row.store(numbers, at: column, before: range.upperBound, hasPadding: hasPadding)
  }

  /// Fills memory from a vector of one number a column.
  @inline(__always)
  func copy(_ source: UnsafeMutablePointer<Float>, to memory: UnsafeMutablePointer<Floats>) {
    for vector in 0..<vectors {
      memory[vector] = source.vector(
        at: range.lowerBound + vector * 16, before: range.upperBound, hasPadding: false)
    }
  }

  /// Fills a vector of one number a column from memory.
  @inline(__always)
  func copy(_ memory: UnsafeMutablePointer<Floats>, to target: UnsafeMutablePointer<Float>) {
    for vector in 0..<vectors {
      target.store(
        memory[vector], at: range.lowerBound + vector * 16, before: range.upperBound,
        hasPadding: false)
    }
  }

  /// `target = sums + beta · target`, for a vector with one number per column. With beta 0 the old
  /// values are not read.
  @inline(__always)
  func accumulate(
    _ sums: UnsafeMutablePointer<Floats>, beta: Float, into target: UnsafeMutablePointer<Float>
  ) {
    for vector in 0..<vectors {
      let column = range.lowerBound + vector * 16
      var sum = sums[vector]
      if beta != 0 {
        sum += beta * target.vector(at: column, before: range.upperBound, hasPadding: false)
      }
      target.store(sum, at: column, before: range.upperBound, hasPadding: false)
    }
  }
}

extension CPUTask.Part {
  /// The columns of a matrix that are this part's, and of others of its shape.
  @inline(__always)
  func columns(of matrix: Rows, hasPadding: Bool) -> Columns {
    let all = matrix.columns
    let mine = rows(of: (all + 15) / 16)
    return Columns(
      range: min(mine.lowerBound * 16, all)..<min(mine.upperBound * 16, all), rows: matrix.rows,
      hasPadding: hasPadding)
  }
}
