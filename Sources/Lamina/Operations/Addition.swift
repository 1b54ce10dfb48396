extension Operation {
  /// `c = a + b`; `c` may be the memory of `a` or of `b`.
  public struct Addition: OperationContent, Codable {
    public let a: Matrix<B>
    public let b: Matrix<B>
    public let c: Matrix<B>

    public var name: String { "add" }
    public var accesses: [Access<B>] {
      [
        .matrix("a", a, .read, .rows), .matrix("b", b, .read, .rows),
        .matrix("c", c, .write, .rows),
      ]
    }
    public var units: Int { c.rows }
    public var work: Int { c.rows * c.columns }
  }

  /// ``Addition``.
  public static func add(_ a: Matrix<B>, _ b: Matrix<B>, into c: Matrix<B>) -> Operation {
    precondition(
      a.shape == c.shape && b.shape == c.shape
        && !a.isTransposed && !b.isTransposed && !c.isTransposed,
      "add: \(a.shape) and \(b.shape) into \(c.shape)")
    return .add(Addition(a: a, b: b, c: c))
  }
}
