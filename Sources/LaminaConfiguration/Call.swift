/// A name with arguments, as options and configurations write it: `relu`, `dropout(0.5)`,
/// `step(every=5, factor=0.1)`, `residual(64 relu, 64)`.
public struct Call: Sendable, Hashable {
  /// One of the values in the brackets.
  public struct Argument: Sendable, Hashable {
    /// What stands before `=`; nil where its place says which argument it is.
    public let name: String?
    /// The value as it was written.
    public let text: String
  }

  /// What stands before the brackets.
  public let name: String
  /// What stands in them; none where there are no brackets.
  public let arguments: [Argument]

  /// Reads a name with or without arguments.
  public init(parsing text: String) throws(TextError) {
    let text = text.trimmed
    guard let open = text.firstIndex(of: "(") else {
      guard !text.isEmpty, !text.contains(")") else { throw Self.problem(text) }
      (name, arguments) = (text, [])
      return
    }
    let inner = text[text.index(after: open)...]
    guard open > text.startIndex, inner.last == ")" else { throw Self.problem(text) }
    name = String(text[..<open]).trimmed
    arguments = try Self.arguments(parsing: String(inner.dropLast()))
  }

  /// Reads what stands between brackets, or a list of arguments without a name.
  public static func arguments(parsing text: String) throws(TextError) -> [Argument] {
    var all: [Argument] = []
    for item in try items(of: text) {
      guard let sign = item.firstIndex(of: "="), item.firstIndex(of: "(").map({ sign < $0 }) ?? true
      else {
        all.append(Argument(name: nil, text: item))
        continue
      }
      let value = String(item[item.index(after: sign)...]).trimmed
      all.append(Argument(name: String(item[..<sign]).trimmed, text: value))
    }
    return all
  }

  /// The parts of a list with commas; commas within brackets divide nothing.
  public static func items(of text: String) throws(TextError) -> [String] {
    if text.trimmed.isEmpty { return [] }
    var items = [""]
    var depth = 0
    for character in text {
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      guard depth >= 0 else { throw problem(text) }
      if character == "," && depth == 0 {
        items.append("")
      } else {
        items[items.count - 1].append(character)
      }
    }
    items = items.map(\.trimmed)
    guard depth == 0 else { throw problem(text) }
    guard items.allSatisfy({ !$0.isEmpty }) else {
      throw TextError("'\(text.prefix(60))' has nothing between two commas, or at an end")
    }
    return items
  }

  private static func problem(_ text: String) -> TextError {
    TextError("'\(text.prefix(60))' is no name with arguments, such as step(every=5, factor=0.1)")
  }
}

/// What is wrong with the text of a value, and what would be right: a clause.
public struct TextError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The clause.
  public let description: String

  /// Says what is wrong.
  public init(_ description: String) { self.description = description }
}

extension String {
  /// Without spaces at either end.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
