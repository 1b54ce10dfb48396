extension Operation {
  /// `sums[j] = Σ_i matrix[i, j] + beta · sums[j]`.
  public struct ColumnSums: OperationContent, Codable {
    public let matrix: Matrix<B>
    public let beta: Float
    public let sums: Vector<B>

    public var name: String { "columnSums" }
    public var accesses: [Access<B>] {
      [
        .matrix("matrix", matrix, .read),
        .vector("sums", sums, beta == 0 ? .write : .update, .rows),
      ]
    }
    public var units: Int { sums.vectors }
    public var work: Int { matrix.rows * matrix.columns }
    public var details: String { beta == 0 ? "" : "Σ + \(beta) · sums" }
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

  /// Cuts a vector into as many groups as there are sums, in an order of the backend's own, and
  /// sums each. The sum of `sums` is that of the vector, the same in every run.
  public struct PartialSums: OperationContent, Codable {
    public let vector: Vector<B>
    public let measure: Magnitude
    public let sums: Vector<B>

    public var name: String { "partialSums" }
    public var accesses: [Access<B>] {
      [
        .vector("vector", vector, .read),
        .vector("sums", sums, .write, .rows, isNonnegative: true),
      ]
    }
    public var units: Int { sums.vectors }
    public var work: Int { 2 * vector.count }
    public var details: String { measure == .squares ? "Σ x²" : "Σ |x|" }
  }

  /// ``PartialSums``.
  public static func partialSums(
    of vector: Vector<B>, _ measure: Magnitude, into sums: Vector<B>
  ) -> Operation {
    precondition(sums.count > 0, "partialSums: no sums")
    return .partialSums(PartialSums(vector: vector, measure: measure, sums: sums))
  }
}
