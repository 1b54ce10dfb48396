import CProcessor

/// The rows of a matrix in memory, by a plain address for the inner loops.
struct Rows {
  let start: UnsafeMutablePointer<Float>
  let rows, columns, stride: Int
  var isTransposed = false

  /// True if every row fills whole vectors, its padding included.
  var hasPadding: Bool { stride % 16 == 0 }

  /// The start of row `row` of a matrix that is not transposed.
  @inline(__always)
  subscript(_ row: Int) -> UnsafeMutablePointer<Float> { start + row * stride }

  /// The address of an element, of a transposed matrix too.
  @inline(__always)
  func at(_ row: Int, _ column: Int) -> UnsafeMutablePointer<Float> {
    start + (isTransposed ? column * stride + row : row * stride + column)
  }

  /// A part of a matrix.
  @inline(__always)
  subscript(rows: Range<Int>, columns: Range<Int>) -> Rows {
    Rows(
      start: at(rows.lowerBound, columns.lowerBound), rows: rows.count, columns: columns.count,
      stride: stride, isTransposed: isTransposed)
  }

  /// The matrix numbered `number` of several of `rows` rows, one below the other.
  @inline(__always)
  func matrix(_ number: Int, rows: Int) -> Rows {
    self[number * rows..<(number + 1) * rows, 0..<columns]
  }

  /// Multiplies rows of a matrix that is not transposed.
  func scale(_ rows: Range<Int>, by factor: Float) {
    for row in rows {
      let start = self[row]
      for column in 0..<columns { start[column] *= factor }
    }
  }

  /// Asks for a part of a matrix that is not transposed.
  @inline(__always)
  func prefetch(_ rows: Range<Int>, _ columns: Range<Int>) {
    for row in rows { at(row, columns.lowerBound).prefetch(count: columns.count) }
  }
}

extension UnsafeMutablePointer {
  /// Asks for `count` elements, which will be needed soon, without waiting for them.
  @inline(__always)
  func prefetch(count: Int) {
    let lineSize = 64
    var address = UnsafeRawPointer(self)
    let end = UnsafeRawPointer(self + count)
    while address < end {
      CProcessor.prefetch(address)
      address += lineSize
    }
  }
}
