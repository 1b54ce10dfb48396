/// Some columns of a batch, sixteen at a time: these go through all rows as often as an operation
/// needs, while they are in the nearest cache and their sums in registers.
struct Columns {
  /// The columns. The first is a multiple of sixteen.
  let range: Range<Int>
  /// The number of rows.
  let rows: Int
  /// True if whole vectors may be read and written at the ends of rows.
  let hasPadding: Bool

  /// The number of rows that are summed before they are added to the total, which keeps the
  /// rounding error of long columns small.
  private static let block = 64

  /// Calls `body` with the first of each sixteen columns, the last perhaps fewer.
  @inline(__always)
  func forEach(_ body: (_ column: Int) -> Void) {
    var column = range.lowerBound
    while column < range.upperBound {
      body(column)
      column &+= 16
    }
  }

  /// The sums of a term of all rows.
  @inline(__always)
  func sum(_ term: (_ row: Int) -> Floats) -> Floats {
    var total = Floats.zero
    var row = 0
    while row < rows {
      let end = min(rows, row &+ Self.block)
      var part = Floats.zero
      while row < end {
        part += term(row)
        row &+= 1
      }
      total += part
    }
    return total
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

  /// Sixteen numbers of a vector of one number a column.
  @inline(__always)
  func read(_ vector: UnsafeMutablePointer<Float>, _ column: Int) -> Floats {
    vector.vector(at: column, before: range.upperBound, hasPadding: false)
  }

  /// Stores sixteen numbers of a vector of one number a column.
  @inline(__always)
  func write(_ numbers: Floats, to vector: UnsafeMutablePointer<Float>, _ column: Int) {
    vector.store(numbers, at: column, before: range.upperBound, hasPadding: false)
  }

  /// `vector = sums + beta · vector`, for a vector of one number a column. With beta 0 the old
  /// values are not read.
  @inline(__always)
  func accumulate(
    _ sums: Floats, beta: Float, into vector: UnsafeMutablePointer<Float>, _ column: Int
  ) {
    write(beta == 0 ? sums : sums + beta * read(vector, column), to: vector, column)
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
