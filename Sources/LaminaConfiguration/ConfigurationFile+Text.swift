import Yams

extension ConfigurationFile {
  /// A configuration as text, with one key per line. Keys without a value are comments.
  public static func text(_ values: [(key: String, value: String?)]) -> String {
    values.map { key, value in
      guard let value else { return "# \(key):\n" }
      return "\(key): \(scalar(value))\n"
    }.joined()
  }

  /// The text of a scalar, in quotes if it would otherwise be read as something else.
  private static func scalar(_ text: String) -> String {
    let isPlainNull = ["", "~", "null", "Null", "NULL"].contains(text)
    // A text of several lines is escaped to one line.
    let style: Node.Scalar.Style =
      isPlainNull ? .singleQuoted : text.contains("\n") ? .doubleQuoted : .any
    let node = Node.scalar(Node.Scalar(text, Tag(.implicit), style))
    let lines = try? Yams.serialize(node: node, width: -1, allowUnicode: true).split(
      separator: "\n")
    return lines?.first.map(String.init) ?? "\"\(text)\""
  }
}
