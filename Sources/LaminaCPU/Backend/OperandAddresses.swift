import Lamina

extension Rows {
  /// The rows of a matrix in memory.
  init(_ matrix: Matrix<CPUBackend>) {
    self.init(
      start: matrix.buffer.floats + matrix.offset, rows: matrix.rows, columns: matrix.columns,
      stride: matrix.stride, isTransposed: matrix.isTransposed)
  }
}

extension Elements {
  /// The elements of a vector in memory.
  init(_ vector: Vector<CPUBackend>) { self.init(start: vector.floats, count: vector.count) }
}

extension Vector<CPUBackend> {
  /// The address of its first number.
  var floats: UnsafeMutablePointer<Float> { buffer.floats + offset }
}
