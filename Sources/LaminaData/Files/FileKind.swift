/// What a file is, by its first bytes and else by its name.
enum FileKind: Equatable {
  case npy, npz, arff, text
  /// A file that is no data set alone.
  case other(ForeignFile)

  /// The kind that is no data set alone; nil for the others.
  var foreign: ForeignFile? { if case .other(let kind) = self { kind } else { nil } }

  /// How much of a file is looked at.
  private static let startLength = 1 << 16

  init(path: String) throws(DataError) {
    let start = try ByteReader(path: path).read(Self.startLength)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    self = Self.byContent(start, name)
  }

  private static func byContent(_ start: [UInt8], _ name: String) -> FileKind {
    if start.starts(with: [0x93, 0x4e, 0x55, 0x4d]) { return .npy }
    if let foreign = ForeignFile(start: start, name: name) { return .other(foreign) }
    if ForeignFile.isZIP(start) { return .npz }
    return isARFF(start) ? .arff : FileKind(name: name)
  }

  /// Whether the first line that is no comment declares a relation, whatever the file's name.
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

  /// What the name says of a file that its content tells nothing of.
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
