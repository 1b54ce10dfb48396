/// A PNG file that a test assembles from chunks.
struct PNGFile {
  var width = 4
  var height = 1
  var depth: UInt8 = 8
  /// The colour type: 0 is grey, 2 RGB, 3 a palette, 4 and 6 grey and RGB with alpha.
  var colourType: UInt8 = 0
  var isInterlaced = false
  /// The rows before compression, each preceded by the number of its filter.
  var rows: [UInt8]
  /// The chunks between the header and the pixels.
  var before: [UInt8] = []

  var bytes: [UInt8] {
    let header =
      Self.bigEndian(UInt32(width)) + Self.bigEndian(UInt32(height))
      + [depth, colourType, 0, 0, isInterlaced ? 1 : 0]
    return [0x89] + Array("PNG\r\n".utf8) + [0x1a, 0x0a] + Self.chunk("IHDR", header) + before
      + Self.chunk("IDAT", Self.deflated(rows)) + Self.chunk("IEND", [])
  }

  /// A chunk, optionally with a wrong checksum.
  static func chunk(_ type: String, _ content: [UInt8], isWrong: Bool = false) -> [UInt8] {
    let named = Array(type.utf8) + content
    return bigEndian(UInt32(content.count)) + named
      + bigEndian(isWrong ? ~checksum(named) : checksum(named))
  }

  /// A single stored block.
  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    let count = UInt16(bytes.count)
    return [0x78, 1, 1] + littleEndian(count) + littleEndian(~count) + bytes
      + bigEndian(high << 16 | low)
  }

  private static func bigEndian(_ number: UInt32) -> [UInt8] { littleEndian(number).reversed() }
}
