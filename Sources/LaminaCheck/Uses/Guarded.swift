import Lamina

extension Backend {
  /// A matrix of `values` between sentinels, with the padding that a backend's matrices have or
  /// without any.
  func guarded(
    _ values: [Float], rows: Int, columns: Int, isPadded: Bool = true
  ) throws -> Guarded<Self> {
    try Guarded(
      self, rows: rows, columns: columns,
      stride: isPadded ? MatrixLayout.stride(columns: columns) : columns, values: values)
  }

  /// A vector between sentinels: a matrix of one row.
  func guarded(_ values: [Float]) throws -> Guarded<Self> {
    try Guarded(self, rows: 1, columns: values.count, values: values)
  }
}

extension [Float] {
  /// Numbers that an operation must replace.
  static func nan(_ count: Int) -> [Float] { [Float](repeating: .nan, count: count) }
}

/// A matrix between sentinels, which detect whether an operation wrote outside it.
struct Guarded<B: Backend> {
  /// The matrix.
  let matrix: Matrix<B>
  private let backend: B
  private let whole: B.Buffer
  private let count: Int

  /// The number of sentinels before and after the matrix.
  private static var guardCount: Int { 4 * MatrixLayout.rowAlignment }
  private static var sentinel: Float { -12345.75 }

  /// Places `values` between sentinels.
  ///
  /// - Parameter stride: The row stride. Padding columns are zero.
  init(_ backend: B, rows: Int, columns: Int, stride: Int? = nil, values: [Float]) throws {
    let stride = stride ?? columns
    self.backend = backend
    count = rows * stride
    let guardCount = Self.guardCount
    var all = [Float](repeating: Self.sentinel, count: count + 2 * guardCount)
    let padding = repeatElement(Float(0), count: stride - columns)
    for row in 0..<rows {
      let start = guardCount + row * stride
      all.replaceSubrange(
        start..<start + columns, with: values[row * columns..<(row + 1) * columns])
      all.replaceSubrange(start + columns..<start + stride, with: padding)
    }
    whole = try backend.makeBuffer(byteCount: all.count * 4)
    try backend.write(all.span.bytes, to: whole, at: 0)
    matrix = Matrix(buffer: whole, offset: guardCount, rows: rows, columns: columns, stride: stride)
  }

  /// A matrix of one row as a vector.
  var vector: Vector<B> {
    Vector(buffer: matrix.buffer, offset: matrix.offset, count: matrix.columns)
  }

  /// The values, row by row. Throws if sentinels or padding have changed.
  func values() throws -> [Float] {
    let guardCount = Self.guardCount
    var all = [Float](repeating: 0, count: count + 2 * guardCount)
    var span = all.mutableSpan
    var bytes = span.mutableBytes
    try backend.read(whole, at: 0, into: &bytes)
    let guards = [0..<guardCount, guardCount + count..<all.count]
    for index in guards.joined() {
      guard all[index] == Self.sentinel else {
        throw Overrun(position: index - guardCount, value: all[index], shape: matrix.shape)
      }
    }
    var values: [Float] = []
    for row in 0..<matrix.rows {
      let start = guardCount + row * matrix.stride
      values += all[start..<start + matrix.columns]
      for index in start + matrix.columns..<start + matrix.stride where all[index] != 0 {
        throw Overrun(position: index - guardCount, value: all[index], shape: matrix.shape)
      }
    }
    return values
  }

  /// An operation wrote outside a matrix.
  struct Overrun: Error, CustomStringConvertible {
    let position: Int
    let value: Float
    let shape: String

    var description: String {
      "an operation wrote \(value) outside a matrix of \(shape), at float \(position) from its start"
    }
  }
}
