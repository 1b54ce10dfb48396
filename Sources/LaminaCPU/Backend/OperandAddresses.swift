import Lamina

extension Rows {
  /// Where a matrix lies.
  init(_ matrix: Matrix<CPUBackend>) {
    self.init(
      start: matrix.buffer.floats + matrix.offset, rows: matrix.rows, columns: matrix.columns,
      stride: matrix.stride, isTransposed: matrix.isTransposed)
  }
}

extension Elements {
  /// Where a vector lies.
  init(_ vector: Vector<CPUBackend>) { self.init(start: vector.floats, count: vector.count) }
}

extension Vector<CPUBackend> {
  /// Where its first number lies.
  var floats: UnsafeMutablePointer<Float> { buffer.floats + offset }
}
