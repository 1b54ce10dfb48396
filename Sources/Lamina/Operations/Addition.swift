extension Operation {
  /// `c = a + b`. `c` can be the memory of `a` or of `b`.
  public struct Addition: OperationContent, Codable {
    /// The first term.
    public let a: Matrix<B>
    /// The second term.
    public let b: Matrix<B>
    /// Receives the sum.
    public let c: Matrix<B>

    package var name: String { "add" }
    package var accesses: [Access<B>] {
      [
        .matrix("a", a, .read, .rows), .matrix("b", b, .read, .rows),
        .matrix("c", c, .write, .rows),
      ]
    }
    package var units: Int { c.rows }
    package var work: Int { c.rows * c.columns }
  }

  /// ``Addition``.
  public static func add(_ a: Matrix<B>, _ b: Matrix<B>, into c: Matrix<B>) -> Operation {
    precondition(
      a.shape == c.shape && b.shape == c.shape && !a.isTransposed && !b.isTransposed
        && !c.isTransposed, "add: \(a.shape) and \(b.shape) into \(c.shape)")
    return .add(Addition(a: a, b: b, c: c))
  }
}
