/// A name with arguments, as in options and configurations: `relu`, `dropout(0.5)`,
/// `step(every=5, factor=0.1)`, `residual(64 relu, 64)`.
public struct Call: Sendable, Hashable {
  /// One of the arguments in parentheses.
  public struct Argument: Sendable, Hashable {
    /// The name before `=`; nil for a positional argument.
    public let name: String?
    /// The value as written.
    public let text: String
  }

  /// The name before the parentheses.
  public let name: String
  /// The arguments; empty without parentheses.
  public let arguments: [Argument]

  /// Parses a name with or without arguments.
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

  /// Parses a list of arguments, such as the text between parentheses.
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

  /// The items of a list separated by commas, except commas within parentheses.
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
      throw TextError("'\(text.prefix(60))' has an empty item between commas or at an end")
    }
    return items
  }

  private static func problem(_ text: String) -> TextError {
    TextError(
      "'\(text.prefix(60))' is not a name with arguments, such as step(every=5, factor=0.1)")
  }
}

/// A problem with the text of a value, and what would be right, as a clause.
public struct TextError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The clause.
  public let description: String

  /// Creates an error from its clause.
  public init(_ description: String) { self.description = description }
}

extension String {
  /// The text without whitespace at either end.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
