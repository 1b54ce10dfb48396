/// The kind of a file, by its first bytes or else by its name.
enum FileKind: Equatable {
  case npy, npz, arff, text
  /// A file that is not a data set by itself.
  case other(ForeignFile)

  /// The kind if the file is not a data set by itself; nil otherwise.
  var foreign: ForeignFile? { if case .other(let kind) = self { kind } else { nil } }

  /// The number of bytes that are examined.
  private static let startLength = 1 << 16

  init(path: String) throws(DataError) {
    self = try Self.init(of: ByteReader(path: path))
  }

  /// The kind of the content of `reader`, of which nothing is read yet.
  init(of reader: ByteReader) throws(DataError) {
    let start = try reader.peek(Self.startLength)
    let name = reader.path.split(separator: "/").last.map(String.init) ?? reader.path
    self = Self.byContent(start, name)
  }

  private static func byContent(_ start: [UInt8], _ name: String) -> FileKind {
    if start.starts(with: [0x93, 0x4e, 0x55, 0x4d]) { return .npy }
    if let foreign = ForeignFile(start: start, name: name) { return .other(foreign) }
    if ForeignFile.isZIP(start) { return .npz }
    return isARFF(start) ? .arff : FileKind(name: name)
  }

  /// Whether the first line that is not a comment declares a relation.
  private static func isARFF(_ start: [UInt8]) -> Bool {
    let text = start.starts(with: [0xef, 0xbb, 0xbf]) ? start.dropFirst(3) : start[...]
    let lines = text.split { $0 == 10 || $0 == 13 }.lazy.map { line in
      line.drop { $0 == 32 || $0 == 9 }
    }
    guard let first = lines.first(where: { !$0.isEmpty && $0.first != UInt8(ascii: "%") }) else {
      return false
    }
    return String(decoding: first.prefix(9), as: UTF8.self).lowercased() == "@relation"
  }

  /// The kind of a file according to its name, for files that the content does not identify.
  init(name: String) {
    self =
      switch PartName(name).ending {
      case "arff": .arff
      case "npy": .npy
      case "npz": .npz
      default: .text
      }
  }
}
