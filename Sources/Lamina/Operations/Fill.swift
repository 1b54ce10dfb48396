extension Operation {
  /// Sets every element to `value`.
  public struct Fill: OperationContent, Codable {
    public let vector: Vector<B>
    public let value: Float

    public var name: String { "fill" }
    public var accesses: [Access<B>] { [.vector("vector", vector, .write, .rows)] }
    public var units: Int { vector.vectors }
    public var work: Int { vector.count }
    public var details: String { "\(value)" }
  }

  /// ``Fill``.
  public static func fill(_ vector: Vector<B>, with value: Float) -> Operation {
    .fill(Fill(vector: vector, value: value))
  }
}
