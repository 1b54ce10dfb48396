/// `count` floats in the memory of a backend.
public struct Vector<B: Backend> {
  /// The memory.
  public let buffer: B.Buffer
  /// The start of the vector in the buffer, in floats: a multiple of ``MatrixLayout/rowAlignment``.
  public let offset: Int
  /// The number of floats.
  public let count: Int

  /// `count` floats of `buffer`, from `offset` on.
  public init(buffer: B.Buffer, offset: Int = 0, count: Int) {
    precondition(offset % MatrixLayout.rowAlignment == 0, "a vector at float \(offset)")
    self.buffer = buffer
    self.offset = offset
    self.count = count
  }
}

/// `count` 32-bit whole numbers in the memory of a backend: row numbers or class labels.
public struct Indices<B: Backend> {
  /// The memory, from its first byte on.
  public let buffer: B.Buffer
  /// The number of values.
  public let count: Int

  /// The first `count` numbers of `buffer`.
  public init(buffer: B.Buffer, count: Int) {
    self.buffer = buffer
    self.count = count
  }
}

/// The rows of one batch: `count` consecutive entries of an index buffer, from
/// ``StepArguments/firstIndex`` on.
public struct BatchIndices<B: Backend> {
  /// Row numbers of examples, in the order in which an epoch visits them.
  public let indices: Indices<B>
  /// The number of rows in the batch.
  public let count: Int

  /// A batch of `count` rows.
  public init(_ indices: Indices<B>, count: Int) {
    self.indices = indices
    self.count = count
  }
}

/// A matrix of floats in the memory of a backend: row-major, or the transpose of such a matrix.
///
/// The columns between ``columns`` and ``stride`` are padding: zero, and never changed.
public struct Matrix<B: Backend> {
  /// The memory.
  public let buffer: B.Buffer
  /// The start of the matrix in the buffer, in floats: a multiple of
  /// ``MatrixLayout/rowAlignment``.
  public let offset: Int
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The distance, in floats, between consecutive rows in memory (columns when transposed).
  public let stride: Int
  /// True if the memory holds the transpose of this matrix.
  public let isTransposed: Bool

  /// A row-major matrix, without padding unless `stride` says so.
  public init(buffer: B.Buffer, offset: Int = 0, rows: Int, columns: Int, stride: Int? = nil) {
    self.init(
      buffer: buffer, offset: offset, rows: rows, columns: columns, stride: stride ?? columns,
      isTransposed: false)
  }

  init(buffer: B.Buffer, offset: Int, rows: Int, columns: Int, stride: Int, isTransposed: Bool) {
    precondition(offset % MatrixLayout.rowAlignment == 0, "a matrix at float \(offset)")
    self.buffer = buffer
    self.offset = offset
    self.rows = rows
    self.columns = columns
    self.stride = stride
    self.isTransposed = isTransposed
  }

  /// The same memory, rows and columns exchanged.
  public var transposed: Matrix {
    Matrix(
      buffer: buffer, offset: offset, rows: columns, columns: rows, stride: stride,
      isTransposed: !isTransposed)
  }

  /// The first `count` rows of a matrix that is not transposed.
  public func prefix(rows count: Int) -> Matrix {
    precondition(!isTransposed && count <= rows, "\(count) rows of \(shape)")
    return Matrix(buffer: buffer, offset: offset, rows: count, columns: columns, stride: stride)
  }

  /// All numbers in memory, padding included.
  public var memory: Vector<B> {
    Vector(buffer: buffer, offset: offset, count: (isTransposed ? columns : rows) * stride)
  }

  /// True if both are the same numbers in the same memory.
  public func isSame(as other: Matrix) -> Bool {
    buffer === other.buffer && offset == other.offset && stride == other.stride
      && rows == other.rows && columns == other.columns && isTransposed == other.isTransposed
  }

  /// The shape as messages show it, such as `64×784`.
  public var shape: String { "\(rows)×\(columns)" }
}

/// The inputs of a data set in the memory of a backend, one example a row, without padding.
public struct Examples<B: Backend> {
  /// The type of a stored number.
  public enum Element: String, Sendable, Codable {
    /// An unsigned byte.
    case byte
    /// A 32-bit float.
    case float
  }

  /// The memory, from its first byte on.
  public let buffer: B.Buffer
  /// The number of examples.
  public let rows: Int
  /// The number of inputs of an example.
  public let columns: Int
  /// The type of a stored number.
  public let element: Element

  /// `rows` examples of `columns` numbers.
  public init(buffer: B.Buffer, rows: Int, columns: Int, element: Element) {
    self.buffer = buffer
    self.rows = rows
    self.columns = columns
    self.element = element
  }
}

/// An ``InputScaling`` in the memory of a backend.
public enum DeviceScaling<B: Backend>: Codable {
  /// One factor and one addend for all features.
  case uniform(scale: Float, offset: Float)
  /// One factor and one addend for each feature.
  case perFeature(scales: Vector<B>, offsets: Vector<B>)

  /// True if examples of `features` numbers can be scaled.
  func fits(features: Int) -> Bool {
    switch self {
    case .uniform: true
    case .perFeature(let scales, let offsets): scales.count == features && offsets.count == features
    }
  }
}

/// The parameters of a dense layer, or anything of the same shape, such as their gradients.
public struct DenseParameters<B: Backend>: Codable {
  /// Inputs × outputs.
  public let weights: Matrix<B>
  /// One number an output.
  public let bias: Vector<B>

  /// Pairs weights with a bias.
  public init(weights: Matrix<B>, bias: Vector<B>) {
    self.weights = weights
    self.bias = bias
  }
}
