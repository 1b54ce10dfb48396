extension Operation {
  /// Limits elements to `-limit ... limit`. NaN stays NaN.
  public struct Clip: OperationContent, Codable {
    /// The numbers.
    public let vector: Vector<B>
    /// The limit.
    public let limit: Float

    package var name: String { "clip" }
    package var accesses: [Access<B>] { [.vector("vector", vector, .update, .rows)] }
    package var units: Int { vector.vectors }
    package var work: Int { 2 * vector.count }
    package var details: String { "to ±\(limit)" }
  }

  /// ``Clip``.
  public static func clip(_ vector: Vector<B>, to limit: Float) -> Operation {
    .clip(Clip(vector: vector, limit: limit))
  }

  /// `vector *= min(1, limit / (√Σ squares + 1e-6))`; see ``GradientClipping/norm``.
  public struct ClipNorm: OperationContent, Codable {
    /// The numbers.
    public let vector: Vector<B>
    /// The sums of squares that ``PartialSums`` computed. If their total is not finite, all
    /// elements except zeros become NaN.
    public let squares: Vector<B>
    /// The limit.
    public let limit: Float

    package var name: String { "clipNorm" }
    package var accesses: [Access<B>] {
      [
        .vector("vector", vector, .update, .rows),
        .vector("squares", squares, .read, isNonnegative: true),
      ]
    }
    package var units: Int { vector.vectors }
    package var work: Int { 2 * vector.count }
    package var details: String { "to \(limit)" }
  }

  /// ``ClipNorm``.
  public static func clipNorm(
    of vector: Vector<B>, squares: Vector<B>, to limit: Float
  ) -> Operation {
    .clipNorm(ClipNorm(vector: vector, squares: squares, limit: limit))
  }

  /// `weights *= 1 - rate · decay`, the rate being `learningRate` times the step's factor.
  public struct Decay: OperationContent, Codable {
    /// The weights.
    public let weights: Vector<B>
    /// The share that a step takes at a rate of 1.
    public let decay: Float
    /// The rate before any schedule.
    public let learningRate: Float

    package var name: String { "decay" }
    package var accesses: [Access<B>] { [.vector("weights", weights, .update, .rows)] }
    package var units: Int { weights.vectors }
    package var work: Int { weights.count }
    package var details: String { "by \(decay)" }
  }

  /// ``Decay``.
  public static func decay(
    _ weights: Vector<B>, by decay: Float, learningRate: Float
  ) -> Operation {
    .decay(Decay(weights: weights, decay: decay, learningRate: learningRate))
  }

  /// Scales columns that are longer than `limit` to this length. A column whose length is not
  /// finite becomes NaN.
  public struct ColumnNormLimit: OperationContent, Codable {
    /// The matrix.
    public let matrix: Matrix<B>
    /// The limit.
    public let limit: Float

    package var name: String { "columnNormLimit" }
    package var accesses: [Access<B>] { [.matrix("matrix", matrix, .update)] }
    package var units: Int { matrix.vectors }
    package var work: Int { 3 * matrix.rows * matrix.columns }
    package var details: String { "to \(limit)" }
  }

  /// ``ColumnNormLimit``.
  public static func columnNormLimit(of matrix: Matrix<B>, to limit: Float) -> Operation {
    precondition(!matrix.isTransposed, "columnNormLimit: a transposed matrix")
    return .columnNormLimit(ColumnNormLimit(matrix: matrix, limit: limit))
  }
}
