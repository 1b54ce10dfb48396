extension Operation {
  /// `sums[j] = Σ_i matrix[i, j] + beta · sums[j]`.
  public struct ColumnSums: OperationContent, Codable {
    /// The matrix.
    public let matrix: Matrix<B>
    /// The factor of the old content.
    public let beta: Float
    /// Receives the sums.
    public let sums: Vector<B>

    package var name: String { "columnSums" }
    package var accesses: [Access<B>] {
      [
        .matrix("matrix", matrix, .read),
        .vector("sums", sums, beta == 0 ? .write : .update, .rows),
      ]
    }
    package var units: Int { sums.vectors }
    package var work: Int { matrix.rows * matrix.columns }
    package var details: String { beta == 0 ? "" : beta == 1 ? "Σ + sums" : "Σ + \(beta) · sums" }
  }

  /// ``ColumnSums``.
  public static func columnSums(
    of matrix: Matrix<B>, beta: Float = 0, into sums: Vector<B>
  ) -> Operation {
    precondition(
      sums.count == matrix.columns && !matrix.isTransposed,
      "columnSums: \(matrix.shape) into \(sums.count)")
    return .columnSums(ColumnSums(matrix: matrix, beta: beta, sums: sums))
  }

  /// Divides a vector into as many groups as there are sums, and adds up each group. The order of
  /// the additions is the backend's choice, but the same in every run. The sum of `sums` is the sum
  /// of the vector.
  public struct PartialSums: OperationContent, Codable {
    /// The numbers.
    public let vector: Vector<B>
    /// The terms of the sum.
    public let measure: Magnitude
    /// Receives the sums.
    public let sums: Vector<B>

    package var name: String { "partialSums" }
    package var accesses: [Access<B>] {
      [
        .vector("vector", vector, .read),
        .vector("sums", sums, .write, .rows, isNonnegative: true, isPartial: true),
      ]
    }
    package var units: Int { sums.vectors }
    package var work: Int { 2 * vector.count }
    package var details: String { measure == .squares ? "Σ x²" : "Σ |x|" }
  }

  /// ``PartialSums``.
  public static func partialSums(
    of vector: Vector<B>, _ measure: Magnitude, into sums: Vector<B>
  ) -> Operation {
    precondition(sums.count > 0, "partialSums: no sums")
    return .partialSums(PartialSums(vector: vector, measure: measure, sums: sums))
  }
}
