import CZlib

/// The chunks of a PNG file. The checksums of those that determine the pixels are verified.
struct PNGChunks {
  /// The Exif data; empty if there are none.
  private(set) var exif: [UInt8] = []

  /// Reads the file up to its end chunk.
  init(_ bytes: [UInt8]) throws(PictureProblem) {
    var offset = 8
    while true {
      guard let length = Self.number(bytes, offset), offset + 12 <= bytes.count - length else {
        throw .damaged(reason: "it is truncated after \(bytes.count) bytes")
      }
      let named = bytes[offset + 4..<offset + 8 + length]
      let type = String(decoding: named.prefix(4), as: UTF8.self)
      // A lowercase first letter marks a chunk that does not affect the pixels.
      let isCritical = named[offset + 4] & 0x20 == 0
      if isCritical, Self.number(bytes, offset + 8 + length) != Self.checksum(named) {
        throw .damaged(reason: "the checksum of its chunk \(cited(type)) is wrong")
      }
      if type == "eXIf" { exif = Array(named.dropFirst(4)) }
      if type == "IEND" { return }
      offset += 12 + length
    }
  }

  private static func number(_ bytes: [UInt8], _ offset: Int) -> Int? {
    guard offset + 4 <= bytes.count else { return nil }
    return bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.withUnsafeBufferPointer { Int(crc32_z(0, $0.baseAddress, $0.count)) }
  }
}
