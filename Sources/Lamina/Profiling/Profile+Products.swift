extension Profile.Work {
  /// A matrix product: `rows × columns` sums of `depth` terms. Each operand is read or written
  /// once.
  public static func product(_ name: String, rows: Int, columns: Int, depth: Int) -> Profile.Work {
    let numbers = rows * depth + depth * columns + rows * columns
    return Profile.Work(
      name: "\(name) \(rows)×\(columns)×\(depth)", operations: 2 * rows * columns * depth,
      bytes: numbers * MemoryLayout<Float>.stride)
  }

  /// An operation that only moves numbers, or whose arithmetic does not matter. Its name includes
  /// its size.
  public static func moving(_ name: String, bytes: Int) -> Profile.Work {
    let size =
      bytes < 10_000
      ? "\(bytes) B" : bytes < 10_000_000 ? "\(bytes / 1000) kB" : "\(bytes / 1_000_000) MB"
    return Profile.Work(name: "\(name) \(size)", bytes: bytes)
  }
}
