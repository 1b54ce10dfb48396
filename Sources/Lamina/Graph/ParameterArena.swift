/// A vector with one number for each parameter of a network.
///
/// The weights of all dense layers come first, because penalties apply only to them. Their biases
/// follow, then the parameters of normalisations and the tables of embeddings. Each tensor starts aligned, and the numbers
/// between tensors are zero.
public final class ParameterArena<B: Backend> {
  /// Everything, padding included.
  public let all: Vector<B>
  /// The weights of all dense layers, as a view of ``all``.
  public let weights: Vector<B>
  /// The parameters of each dense layer, as views of ``all``.
  public let dense: [DenseParameters<B>]
  /// The parameters of each normalisation, as views of ``all``.
  public let normalization: [NormalizationParameters<B>]
  /// The table of each embedded column, categories × width, as views of ``all``.
  public let tables: [Matrix<B>]

  /// Allocates zeros.
  init(_ layout: ParameterLayout, in memory: NetworkMemory<B>) throws(BackendError) {
    let all = try memory.makeVector(count: layout.count)
    self.all = all
    func vector(_ range: Range<Int>) -> Vector<B> {
      Vector(buffer: all.buffer, offset: all.offset + range.lowerBound, count: range.count)
    }
    func vector(_ part: ParameterLayout.Part) -> Vector<B> {
      Vector(buffer: all.buffer, offset: all.offset + part.start, count: part.columns)
    }
    weights = vector(0..<layout.weightCount)
    func matrix(_ part: ParameterLayout.Part) -> Matrix<B> {
      Matrix(
        buffer: all.buffer, offset: all.offset + part.start, rows: part.rows,
        columns: part.columns, stride: part.stride)
    }
    var dense: [DenseParameters<B>] = []
    for (weights, bias) in zip(layout.weights, layout.biases) {
      dense.append(DenseParameters(weights: matrix(weights), bias: vector(bias)))
    }
    self.dense = dense
    var normalization: [NormalizationParameters<B>] = []
    for (scale, shift) in zip(layout.scales, layout.shifts) {
      normalization.append(NormalizationParameters(scale: vector(scale), shift: vector(shift)))
    }
    self.normalization = normalization
    tables = layout.tables.map(matrix)
  }
}

/// The place of each tensor in the vector of all parameters.
struct ParameterLayout {
  /// A matrix whose rows are padded, or a vector.
  struct Part {
    let start, rows, columns: Int
    let isVector: Bool

    /// Vectors follow each other closely, so that updates of all tensors leave nothing between them.
    var stride: Int { isVector ? columns : MatrixLayout.stride(columns: columns) }
    var count: Int { rows * stride }
  }

  private(set) var weights: [Part] = []
  private(set) var biases: [Part] = []
  private(set) var scales: [Part] = []
  private(set) var shifts: [Part] = []
  private(set) var tables: [Part] = []
  /// The length of the part that holds nothing but weights.
  private(set) var weightCount = 0
  /// The length of the whole vector.
  private(set) var count = 0

  init(_ tensors: [ParameterTensor]) {
    for tensor in tensors {
      if case .weights = tensor.role {
        weights.append(append(rows: tensor.shape[1], columns: tensor.shape[0]))
      }
    }
    weightCount = count
    for tensor in tensors {
      if case .bias = tensor.role { biases.append(append(vector: tensor.shape[0])) }
    }
    for tensor in tensors {
      switch tensor.role {
      case .scale: scales.append(append(vector: tensor.shape[0]))
      case .shift: shifts.append(append(vector: tensor.shape[0]))
      case .weights, .bias, .runningMean, .runningVariance, .table: break
      }
    }
    for tensor in tensors {
      if case .table = tensor.role {
        tables.append(append(rows: tensor.shape[0], columns: tensor.shape[1]))
      }
    }
  }

  private mutating func append(rows: Int, columns: Int) -> Part {
    append(Part(start: count, rows: rows, columns: columns, isVector: false))
  }

  private mutating func append(vector length: Int) -> Part {
    append(Part(start: count, rows: 1, columns: length, isVector: true))
  }

  private mutating func append(_ part: Part) -> Part {
    count = (count + part.count).roundedUp(to: MatrixLayout.rowAlignment)
    return part
  }
}

extension Int {
  /// The smallest multiple of `alignment` that is not less.
  func roundedUp(to alignment: Int) -> Int { (self + alignment - 1) / alignment * alignment }
}
