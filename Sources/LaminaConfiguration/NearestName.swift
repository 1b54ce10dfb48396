/// Finds the intended name for a misspelt one.
public enum NearestName {
  /// The known name with the smallest edit distance to `name`; nil if none is near.
  ///
  /// A name is near if its distance is at most 1, or at most a third of the length of `name`.
  /// Letter case is ignored.
  public static func of(_ name: String, among known: some Sequence<String>) -> String? {
    let limit = max(1, name.count / 3)
    let distances = known.map { ($0, distance(name.lowercased(), $0.lowercased())) }
    return distances.filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
  }

  /// A clause for messages, such as `; did you mean 'relu'? There are: tanh, relu`.
  public static func suggestion(for name: String, among known: some Sequence<String>) -> String {
    let meant = of(name, among: known).map { "; did you mean '\($0)'?" } ?? ";"
    let all = known.joined(separator: ", ")
    return meant.hasSuffix("?") ? "\(meant) There are: \(all)" : "\(meant) there are: \(all)"
  }

  /// The number of insertions, deletions, substitutions and transpositions of adjacent characters
  /// between two words (optimal string alignment distance).
  static func distance(_ first: String, _ second: String) -> Int {
    let (first, second) = (Array(first), Array(second))
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for (row, character) in first.enumerated() {
      var next = [row + 1]
      for (column, other) in second.enumerated() {
        let replaced = last[column] + (character == other ? 0 : 1)
        var least = min(replaced, last[column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, character == second[column - 1], first[row - 1] == other {
          least = min(least, beforeLast[column - 1] + 1)
        }
        next.append(least)
      }
      (beforeLast, last) = (last, next)
    }
    return last[second.count]
  }
}
