/// What a file is, by its first bytes and else by its name.
enum FileKind: Equatable {
  case npy, npz, arff, text
  /// A file that is no data set alone; what it is.
  case other(String)

  init(path: String) throws(DataError) {
    let start = try ByteReader(path: path).read(8)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    self = Self.byContent(start) ?? Self.byName(name)
  }

  private static func byContent(_ start: [UInt8]) -> FileKind? {
    if start.starts(with: [0x93, 0x4e, 0x55, 0x4d]) { return .npy }
    if start.starts(with: [0x50, 0x4b, 3, 4]) || start.starts(with: [0x50, 0x4b, 5, 6]) {
      return .npz
    }
    if start.starts(with: [0, 0, 8]) { return .other("an IDX file") }
    return start.starts(with: [0x89, 0x50, 0x4e, 0x47]) ? .other("a PNG picture") : nil
  }

  private static func byName(_ name: String) -> FileKind {
    switch PartName(name).ending {
    case "arff": .arff
    case "npy": .npy
    case "npz": .npz
    case "bmp": .other("a BMP picture")
    default: .text
    }
  }
}
