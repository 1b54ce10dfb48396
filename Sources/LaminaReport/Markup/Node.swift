/// A fragment of HTML or SVG. Text and attributes are escaped only here.
package indirect enum Node: Sendable {
  case text(String)
  case element(String, [(name: String, value: String)], [Node])
  /// A sequence of fragments.
  case group([Node])

  /// An element with its attributes and children.
  package static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Node] = []
  ) -> Node {
    .element(name, attributes.map { (name: $0.key, value: $0.value) }, children)
  }

  /// An element that contains only text.
  package static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ text: String
  ) -> Node {
    .element(name, attributes, [.text(text)])
  }

  /// The HTML elements without an end tag.
  private static let void: Set<String> = ["meta", "link", "img", "br"]

  /// The markup.
  package var markup: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .text(let content): text += Self.escaped(content)
    case .group(let children): for child in children { child.write(to: &text) }
    case .element(let name, let attributes, let children):
      text += "<" + name
      for attribute in attributes {
        text += " \(attribute.name)=\"\(Self.escaped(attribute.value))\""
      }
      text += ">"
      if Self.void.contains(name) { return }
      for child in children { child.write(to: &text) }
      text += "</\(name)>"
    }
  }

  /// The text with markup characters escaped; characters that HTML does not allow become `�`.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      case "\0"..<" ", "\u{7f}"..."\u{9f}": result += "\u{fffd}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
