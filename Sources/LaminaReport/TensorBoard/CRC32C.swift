/// The checksum CRC-32C (Castagnoli; RFC 3720, appendix B.4) of TFRecord files.
enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in
      sum & 1 == 1 ? sum >> 1 ^ 0x82f6_3b78 : sum >> 1
    }
  }

  /// The checksum of some bytes.
  static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
      table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8
    }
  }

  /// The masked checksum of TFRecord files, which keeps the checksum of data that contain checksums
  /// reliable.
  static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let sum = checksum(bytes)
    return (sum >> 15 | sum << 17) &+ 0xa282_ead8
  }
}
