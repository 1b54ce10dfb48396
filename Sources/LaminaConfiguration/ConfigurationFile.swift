import Glibc
import Yams

/// Reads configuration files in YAML.
public enum ConfigurationFile {
  /// The largest size in bytes.
  private static let mostBytes = 1 << 20
  /// The largest number of values, aliases expanded.
  static let mostNodes = 100_000
  /// The deepest nesting, which the stack of a thread can hold.
  private static let mostLevels = 64

  /// Reads a file.
  public static func read(_ path: String) throws(ConfigurationError) -> ConfigurationNode {
    guard let file = fopen(path, "rb") else { throw problem(path, errno) }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: mostBytes + 1)
    let count = fread(&bytes, 1, bytes.count, file)
    if ferror(file) != 0 { throw problem(path, errno) }
    guard count <= mostBytes else {
      throw ConfigurationError(
        file: path, line: nil, problem: "the file is larger than \(mostBytes) bytes")
    }
    guard let text = String(validating: bytes[..<count], as: UTF8.self) else {
      throw ConfigurationError(file: path, line: nil, problem: "the file is not UTF-8 text")
    }
    return try parse(text, file: path)
  }

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - file: The name of the file for messages.
  public static func parse(
    _ text: String, file: String
  ) throws(ConfigurationError) -> ConfigurationNode {
    try checkNesting(of: text, file: file)
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw ConfigurationError(error, file: file)
    }
    guard let root else {
      throw ConfigurationError(file: file, line: nil, problem: "the file is empty")
    }
    var walk = Walk(file: file)
    return try walk.node(root, path: "", line: 1, level: 0)
  }

  private static func problem(_ path: String, _ number: Int32) -> ConfigurationError {
    ConfigurationError(
      file: path, line: nil, problem: "cannot be read: \(String(cString: strerror(number)))")
  }

  /// Throws if brackets or indentation are so deep that the parser would overflow the stack.
  private static func checkNesting(of text: String, file: String) throws(ConfigurationError) {
    var open = 0
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      for byte in line.utf8 {
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { open += 1 }
        if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { open = max(0, open - 1) }
      }
      let dashes = line.utf8.prefix { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: " ") }
        .count { $0 == UInt8(ascii: "-") }
      if open > mostLevels || dashes > mostLevels {
        throw ConfigurationError(
          file: file, line: number + 1, problem: "more than \(mostLevels) levels are nested")
      }
    }
  }

  /// Converts the parser's values to nodes with their lines.
  private struct Walk {
    let file: String
    var count = 0

    mutating func node(
      _ node: Node, path: String, line: Int, level: Int
    ) throws(ConfigurationError) -> ConfigurationNode {
      let line = node.mark?.line ?? line
      count += 1
      guard count <= mostNodes, level <= mostLevels else {
        let problem =
          level > mostLevels
          ? "more than \(mostLevels) levels are nested" : "there are too many values"
        throw ConfigurationError(file: file, line: line, problem: problem)
      }
      let content = try content(of: node, path: path, line: line, level: level)
      return ConfigurationNode(file: file, line: line, path: path, content: content)
    }

    private mutating func content(
      of node: Node, path: String, line: Int, level: Int
    ) throws(ConfigurationError) -> ConfigurationNode.Content {
      switch node {
      case .scalar(let scalar):
        let isPlain = scalar.style == .plain || scalar.style == .any
        let isNull = isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
        return isNull ? .null : .scalar(scalar.string)
      case .sequence(let sequence):
        var values: [ConfigurationNode] = []
        for (index, value) in sequence.enumerated() {
          values.append(
            try self.node(value, path: "\(path)[\(index)]", line: line, level: level + 1))
        }
        return .list(values)
      case .mapping(let mapping):
        var members: [(key: ConfigurationNode, value: ConfigurationNode)] = []
        for (key, value) in mapping {
          let key = try self.node(key, path: path, line: line, level: level + 1)
          let name = try key.string()
          let place = path.isEmpty ? name : "\(path).\(name)"
          members.append((key, try self.node(value, path: place, line: key.line, level: level + 1)))
        }
        return .mapping(members)
      case .alias:
        throw ConfigurationError(file: file, line: line, problem: "an alias refers to no value")
      }
    }
  }
}

extension ConfigurationError {
  /// Converts an error of the parser.
  fileprivate init(_ error: any Error, file: String) {
    switch error {
    case YamlError.scanner(_, let problem, let mark, _),
      YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      self.init(file: file, line: mark.line, problem: "this is not valid YAML: \(problem)")
    case YamlError.reader(let problem, _, _, _):
      self.init(file: file, line: nil, problem: "this is not valid YAML: \(problem)")
    case YamlError.duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
      self.init(
        file: file, line: context.mark.line, problem: "the mapping has more than one key \(names)")
    default: self.init(file: file, line: nil, problem: "this is not valid YAML: \(error)")
    }
  }
}
