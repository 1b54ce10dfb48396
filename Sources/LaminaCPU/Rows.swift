import Lamina

/// Where the rows of a matrix lie in memory: a plain address, for the inner loops.
struct Rows {
  let start: UnsafeMutablePointer<Float>
  let rows: Int
  let columns: Int
  let stride: Int
  let isTransposed: Bool

  init(_ matrix: Matrix<CPUBackend>) {
    start = matrix.storage.floats
    rows = matrix.rows
    columns = matrix.columns
    stride = matrix.stride
    isTransposed = matrix.isTransposed
  }

  /// Whether every row fills whole vectors, its padding included.
  var hasPadding: Bool { stride % 16 == 0 }

  /// The start of row `row` of a matrix that is not transposed.
  @inline(__always)
  subscript(_ row: Int) -> UnsafeMutablePointer<Float> { start + row * stride }

  /// The address of an element, of a transposed matrix too.
  @inline(__always)
  func at(_ row: Int, _ column: Int) -> UnsafeMutablePointer<Float> {
    start + (isTransposed ? column * stride + row : row * stride + column)
  }
}
