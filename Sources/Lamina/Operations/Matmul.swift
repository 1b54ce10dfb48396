extension Operation {
  /// `c = alpha · a · b + beta · c`. With `beta == 0` the old content of `c` is not read.
  public struct Matmul: OperationContent, Codable {
    /// The left factor.
    public let a: Matrix<B>
    /// The right factor.
    public let b: Matrix<B>
    /// Multiplies the product.
    public let alpha: Float
    /// The factor of the old values of `c`.
    public let beta: Float
    /// Receives the product; not transposed.
    public let c: Matrix<B>

    /// The number of terms of each sum.
    public var depth: Int { a.columns }
    /// True if it is a product and nothing else.
    public var isPlain: Bool { alpha == 1 && beta == 0 }

    package var name: String { "matmul" }
    package var accesses: [Access<B>] {
      [
        .matrix("a", a, .read, a.isTransposed ? .columns : .rows), .matrix("b", b, .read),
        .matrix("c", c, beta == 0 ? .write : .update, .rows),
      ]
    }
    package var units: Int { c.rows }
    package var work: Int { 2 * c.rows * c.columns * depth }
    package var details: String {
      let factors = "\(a.text) · \(b.text)"
      let product = alpha == 1 ? factors : "\(alpha) · \(factors)"
      if beta == 0 { return product }
      return beta == 1 ? "\(product) + c" : "\(product) + \(beta) · c"
    }
  }

  /// ``Matmul``.
  public static func matmul(
    _ a: Matrix<B>, _ b: Matrix<B>, alpha: Float = 1, beta: Float = 0, into c: Matrix<B>
  ) -> Operation {
    precondition(
      a.columns == b.rows && c.rows == a.rows && c.columns == b.columns && !c.isTransposed,
      "matmul: \(a.shape) by \(b.shape) into \(c.shape)")
    return .matmul(Matmul(a: a, b: b, alpha: alpha, beta: beta, c: c))
  }
}

extension Matrix {
  /// Its shape, with a mark where memory holds the transpose, such as `784×64ᵀ`.
  fileprivate var text: String { isTransposed ? "(\(transposed.shape))ᵀ" : shape }
}
