/// Reads the names of the labels from a Mulan label file: XML whose `label` elements have a `name`.
///
/// The platform's XML library would multiply the size of the programs. This parser reads only the
/// XML that label files contain and refuses everything else.
enum LabelFile {
  /// The paths that the label file of an ARFF file may have: in its folder, with the same name, with
  /// or without the word for the part.
  static func candidates(beside path: String) -> [String] {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let name = String(path[folder.endIndex...])
    let whole = name.split(separator: ".").first.map(String.init) ?? name
    return [whole, PartName(name).stem].filter { !$0.isEmpty }.map { "\(folder)\($0).xml" }
  }

  /// The names in the file at `path`. Its encoding is the one that it declares, or else `encoding`.
  static func names(path: String, encoding: TextEncoding?) throws(DataError) -> [String] {
    let declared = try declaredEncoding(path: path)
    let file = try TextFile(path: path, encoding: declared ?? encoding)
    let text = String(decoding: file.bytes, as: UTF8.self)
    let names: [String]
    do throws(LabelFileError) { names = try Self.names(in: text) } catch {
      throw .labelFile(path: path, reason: error.reason)
    }
    guard !names.isEmpty else {
      throw .labelFile(path: path, reason: "it has no <label name=\"...\">")
    }
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw .labelFile(path: path, reason: "two labels are named \(cited(twice)), or look alike")
    }
    return names
  }

  /// The encoding in the XML declaration at the start of the file.
  private static func declaredEncoding(path: String) throws(DataError) -> TextEncoding? {
    let start = String(decoding: try ByteReader(path: path).read(200), as: UTF8.self)
    guard start.hasPrefix("<?xml"), let end = start.firstRange(of: "?>")?.lowerBound,
      let value = try? attribute("encoding", of: start[..<end].dropFirst(5))
    else { return nil }
    guard let encoding = TextEncoding(value) else {
      throw .text(path: path, .unknownEncoding(name: value))
    }
    return encoding
  }

  private static func names(in text: String) throws(LabelFileError) -> [String] {
    var names: [String] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      rest = rest[start...]
      if rest.hasPrefix("<!--") {
        guard let end = rest.firstRange(of: "-->") else {
          throw LabelFileError("a comment has no end")
        }
        rest = rest[end.upperBound...]
        continue
      }
      let (tag, after) = try tag(rest)
      rest = after
      let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
      if name.split(separator: ":").last == "label", !tag.hasPrefix("/") {
        names.append(try attribute("name", of: tag.dropFirst(name.count)))
      }
    }
    return names
  }

  /// The content of a tag, whose quoted values may contain `>`, and the text after the tag.
  private static func tag(
    _ text: Substring
  ) throws(LabelFileError) -> (tag: Substring, after: Substring) {
    var quote: Character?
    for index in text.indices.dropFirst() {
      let character = text[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == ">" {
        return (text[text.index(after: text.startIndex)..<index], text[text.index(after: index)...])
      }
    }
    throw LabelFileError("a < has no matching >")
  }

  private static func attribute(
    _ wanted: String, of tag: Substring
  ) throws(LabelFileError) -> String {
    var rest = tag.drop(while: \.isWhitespace)
    while let equals = rest.firstIndex(of: "=") {
      let name = rest[..<equals].filter { !$0.isWhitespace }
      let value = rest[rest.index(after: equals)...].drop(while: \.isWhitespace)
      guard let quote = value.first, quote == "\"" || quote == "'",
        let end = value.dropFirst().firstIndex(of: quote)
      else { throw LabelFileError("an attribute of a label has no quotes around its value") }
      if name == wanted { return try plain(value[..<end].dropFirst()) }
      rest = value[value.index(after: end)...].drop(while: \.isWhitespace)
    }
    throw LabelFileError("a label has no name")
  }

  /// `text` with its entities replaced.
  private static func plain(_ text: Substring) throws(LabelFileError) -> String {
    var plain = ""
    var rest = text
    while let start = rest.firstIndex(of: "&") {
      plain += rest[..<start]
      guard let end = rest[start...].firstIndex(of: ";") else {
        throw LabelFileError("an & has no ;")
      }
      let entity = rest[rest.index(after: start)..<end]
      guard let character = character(entity) else {
        throw LabelFileError("the entity \(cited(String(entity))) is not known")
      }
      plain.append(character)
      rest = rest[rest.index(after: end)...]
    }
    return plain + rest
  }

  private static func character(_ entity: Substring) -> Character? {
    switch entity {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard entity.hasPrefix("#") else { return nil }
      let digits = entity.dropFirst()
      let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return number.flatMap(Unicode.Scalar.init).map { Character($0) }
    }
  }
}

/// The reason why a text is not a label file.
private struct LabelFileError: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
