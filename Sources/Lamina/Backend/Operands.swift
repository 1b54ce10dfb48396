/// `count` floats in the memory of a backend.
public struct Vector<B: Backend> {
  /// The memory, from its first byte on.
  public let storage: B.Storage
  /// The number of floats.
  public let count: Int

  /// The first `count` floats of `storage`.
  public init(storage: B.Storage, count: Int) {
    self.storage = storage
    self.count = count
  }
}

/// `count` 32-bit whole numbers in the memory of a backend: row numbers or class labels.
public struct Indices<B: Backend> {
  /// The memory, from its first byte on.
  public let storage: B.Storage
  /// The number of values.
  public let count: Int

  /// The first `count` numbers of `storage`.
  public init(storage: B.Storage, count: Int) {
    self.storage = storage
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
  /// The memory, from its first byte on.
  public let storage: B.Storage
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The distance, in floats, between consecutive rows in memory (columns when transposed).
  public let stride: Int
  /// Whether the memory holds the transpose of this matrix.
  public let isTransposed: Bool

  /// A row-major matrix at the start of `storage`, without padding unless `stride` says so.
  public init(storage: B.Storage, rows: Int, columns: Int, stride: Int? = nil) {
    self.init(
      storage: storage, rows: rows, columns: columns, stride: stride ?? columns,
      isTransposed: false)
  }

  private init(storage: B.Storage, rows: Int, columns: Int, stride: Int, isTransposed: Bool) {
    self.storage = storage
    self.rows = rows
    self.columns = columns
    self.stride = stride
    self.isTransposed = isTransposed
  }

  /// The same memory, rows and columns exchanged.
  public var transposed: Matrix {
    Matrix(
      storage: storage, rows: columns, columns: rows, stride: stride, isTransposed: !isTransposed)
  }

  /// The first `count` rows of a matrix that is not transposed.
  public func prefix(rows count: Int) -> Matrix {
    precondition(!isTransposed && count <= rows, "\(count) rows of \(shape)")
    return Matrix(
      storage: storage, rows: count, columns: columns, stride: stride, isTransposed: false)
  }

  /// The shape as messages show it, such as `64×784`.
  public var shape: String { "\(rows)×\(columns)" }
}

/// The inputs of a data set in the memory of a backend, one example a row, without padding.
public struct Examples<B: Backend> {
  /// How a number is stored.
  public enum Element: Sendable {
    /// An unsigned byte.
    case byte
    /// A 32-bit float.
    case float
  }

  /// The memory, from its first byte on.
  public let storage: B.Storage
  /// The number of examples.
  public let rows: Int
  /// The number of inputs of an example.
  public let columns: Int
  /// How a number is stored.
  public let element: Element

  /// `rows` examples of `columns` numbers.
  public init(storage: B.Storage, rows: Int, columns: Int, element: Element) {
    self.storage = storage
    self.rows = rows
    self.columns = columns
    self.element = element
  }
}

/// The linear map from stored inputs to those that the network sees: `scale · x + offset`.
public struct InputScaling: Sendable, Hashable, Codable {
  /// The factor.
  public let scale: Float
  /// What is added after the multiplication.
  public let offset: Float

  /// Maps `x` to `scale · x + offset`.
  public init(scale: Float, offset: Float) {
    self.scale = scale
    self.offset = offset
  }

  /// Leaves inputs as they are.
  public static let identity = InputScaling(scale: 1, offset: 0)
  /// Maps the bytes 0 ... 255 to -1 ... 1, as `(x / 255 - 0.5) / 0.5`.
  public static let signedUnit = InputScaling(scale: 2 / 255, offset: -1)
}

/// The parameters of a dense layer, or anything of the same shape, such as their velocities.
public struct DenseParameters<B: Backend> {
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

/// What the update of one dense layer reads and changes.
public struct DenseUpdate<B: Backend> {
  /// The input of the layer, batch × inputs.
  public let input: Matrix<B>
  /// The derivative of the loss by the layer's pre-activation, batch × outputs.
  public let delta: Matrix<B>
  /// The layer's parameters.
  public let parameters: DenseParameters<B>
  /// Their velocities.
  public let velocity: DenseParameters<B>

  /// Puts the operands of an update together.
  public init(
    input: Matrix<B>, delta: Matrix<B>, parameters: DenseParameters<B>,
    velocity: DenseParameters<B>
  ) {
    self.input = input
    self.delta = delta
    self.parameters = parameters
    self.velocity = velocity
  }
}
