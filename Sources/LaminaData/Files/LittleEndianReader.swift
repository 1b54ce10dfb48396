/// Reads little-endian whole numbers from bytes.
struct LittleEndianReader {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether there are `count` bytes from `offset` on.
  func has(_ offset: Int, _ count: Int) -> Bool {
    offset >= 0 && count >= 0 && offset <= bytes.count && count <= bytes.count - offset
  }

  /// The number of `size` bytes at `offset`; nil beyond the end, and if it does not fit an `Int`.
  func word(_ offset: Int, _ size: Int) -> Int? {
    guard has(offset, size) else { return nil }
    let word = (0..<size).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[offset + $1]) }
    return Int(exactly: word)
  }
}
