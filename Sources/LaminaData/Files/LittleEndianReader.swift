/// Whole numbers in a file whose lowest byte comes first; nil for those outside of the file.
struct LittleEndianReader {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether `count` bytes from `offset` on are there.
  func has(_ offset: Int, _ count: Int) -> Bool {
    offset >= 0 && count >= 0 && offset <= bytes.count && count <= bytes.count - offset
  }

  /// The number of `size` bytes at `offset`; nil too where it is no positive `Int`.
  func word(_ offset: Int, _ size: Int) -> Int? {
    guard has(offset, size) else { return nil }
    let word = (0..<size).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[offset + $1]) }
    return Int(exactly: word)
  }
}
