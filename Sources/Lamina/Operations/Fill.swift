extension Operation {
  /// Sets every element to `value`.
  public struct Fill: OperationContent, Codable {
    /// The numbers.
    public let vector: Vector<B>
    /// The value.
    public let value: Float

    package var name: String { "fill" }
    package var accesses: [Access<B>] { [.vector("vector", vector, .write, .rows)] }
    package var units: Int { vector.vectors }
    package var work: Int { vector.count }
    package var details: String { "\(value)" }
  }

  /// ``Fill``.
  public static func fill(_ vector: Vector<B>, with value: Float) -> Operation {
    .fill(Fill(vector: vector, value: value))
  }
}
