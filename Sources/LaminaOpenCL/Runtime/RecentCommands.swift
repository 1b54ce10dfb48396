/// The last commands of a queue, for messages of errors after them.
struct RecentCommands {
  private static let capacity = 6
  private var names = [String](repeating: "", count: capacity)
  private var count = 0

  /// Adds the newest. Nothing is allocated.
  mutating func add(_ name: String) {
    names[count % Self.capacity] = name
    count += 1
  }

  /// The oldest first.
  var list: [String] { (max(0, count - Self.capacity)..<count).map { names[$0 % Self.capacity] } }
}
