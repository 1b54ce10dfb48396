import Glibc

/// The text files in which the operating system tells of itself, such as `/proc/cpuinfo`.
struct SystemFiles: Sendable {
  /// The folder that replaces `/`; empty for the machine's own files.
  let root: String

  /// The files of this machine.
  static let machine = SystemFiles(root: "")

  /// The first `limit` bytes of a file; nil if it cannot be read.
  func text(_ path: String, limit: Int = 1 << 20) -> String? {
    guard let file = fopen(root + path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 16384)
    while bytes.count < limit {
      let count = fread(&block, 1, min(block.count, limit - bytes.count), file)
      guard count > 0 else { break }
      bytes += block[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A file's words.
  func words(_ path: String) -> [Substring]? {
    text(path)?.split { $0 == " " || $0 == "\n" || $0 == "\t" }
  }

  /// The list of numbers in a file, such as `0-3,8`; nil if it cannot be read or is no such list.
  func numbers(_ path: String) -> [Int]? {
    guard let list = words(path)?.first else { return nil }
    var numbers: [Int] = []
    for range in list.split(separator: ",") {
      let ends = range.split(separator: "-").map { Int($0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last,
        last - first < 1 << 16
      else { return nil }
      numbers += first...last
    }
    return numbers
  }
}

extension Substring {
  /// Without spaces and tabs at its ends.
  var trimmed: Substring {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    guard let last = lastIndex(where: { !isBlank($0) }) else { return "" }
    return self[...last].drop(while: isBlank)
  }
}
