import Lamina
import LaminaCheck
import LaminaReference

typealias ReferenceOperation = Operation<ReferenceBackend>
typealias ReferenceAccess = Access<ReferenceBackend>

/// Memory for operations that are looked at number by number. Each operand has a buffer of its own,
/// with other numbers before and behind it.
final class OperationMemory {
  let backend = ReferenceBackend()
  private(set) var buffers: [(buffer: ReferenceBackend.Buffer, byteCount: Int)] = []
  private var seed: UInt64 = 100

  /// Numbers between which the operands lie.
  private static let margin = MatrixLayout.rowAlignment

  private func numbers(_ count: Int) -> [Float] {
    seed += 1
    return DesignedData.uniform(count, bound: 2, seed: seed)
  }

  private func buffer(_ bytes: RawSpan) throws -> ReferenceBackend.Buffer {
    let buffer = backend.makeBuffer(byteCount: bytes.byteCount)
    backend.write(bytes, to: buffer, at: 0)
    buffers.append((buffer, bytes.byteCount))
    return buffer
  }

  func matrix(_ rows: Int, _ columns: Int) throws -> Matrix<ReferenceBackend> {
    let stride = MatrixLayout.stride(columns: columns)
    var all = numbers(rows * stride + 2 * Self.margin)
    for row in 0..<rows {
      for padding in columns..<stride { all[Self.margin + row * stride + padding] = 0 }
    }
    return Matrix(
      buffer: try buffer(all.span.bytes), offset: Self.margin, rows: rows, columns: columns,
      stride: stride)
  }

  /// A matrix with some numbers of its own in one column.
  func matrix(
    _ rows: Int, _ columns: Int, column: Int, _ values: [Float]
  ) throws -> Matrix<ReferenceBackend> {
    let matrix = try matrix(rows, columns)
    for (row, value) in values.enumerated() {
      backend.write(
        [value].span.bytes, to: matrix.buffer,
        at: 4 * (matrix.offset + row * matrix.stride + column))
    }
    return matrix
  }

  func vector(_ count: Int, isNonnegative: Bool = false) throws -> Vector<ReferenceBackend> {
    let all = numbers(count + 2 * Self.margin).map { isNonnegative ? abs($0) : $0 }
    return Vector(buffer: try buffer(all.span.bytes), offset: Self.margin, count: count)
  }

  func indices(_ values: [Int32]) throws -> Indices<ReferenceBackend> {
    Indices(buffer: try buffer(values.span.bytes), count: values.count)
  }

  func bytes(rows: Int, columns: Int) throws -> Examples<ReferenceBackend> {
    let values = DesignedData.labels(rows * columns, classes: 256, seed: 7).map(UInt8.init)
    return Examples(
      buffer: try buffer(values.span.bytes), rows: rows, columns: columns, element: .byte)
  }

  func floats(rows: Int, columns: Int) throws -> Examples<ReferenceBackend> {
    Examples(
      buffer: try buffer(numbers(rows * columns).span.bytes), rows: rows, columns: columns,
      element: .float)
  }

  /// The bytes of all buffers.
  var contents: [[UInt8]] {
    get {
      buffers.map { buffer, byteCount in
        var bytes = [UInt8](repeating: 0, count: byteCount)
        var span = bytes.mutableSpan
        var raw = span.mutableBytes
        backend.read(buffer, at: 0, into: &raw)
        return bytes
      }
    }
    set {
      for (number, bytes) in newValue.enumerated() {
        backend.write(bytes.span.bytes, to: buffers[number].buffer, at: 0)
      }
    }
  }

  /// The contents after an operation has run on `contents`.
  func contents(after operation: ReferenceOperation, on contents: [[UInt8]]) -> [[UInt8]] {
    self.contents = contents
    backend.run(
      backend.prepare([operation]), with: StepArguments(step: 3, learningRateFactor: 0.5))
    return self.contents
  }

  /// Which buffer an operand is in.
  func number(of access: ReferenceAccess) -> Int {
    buffers.firstIndex { $0.buffer === access.buffer } ?? -1
  }
}
