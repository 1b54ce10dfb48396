/// A hash of 128 bits (FNV-1a): tells contents apart, but is no protection against malice.
package struct Fingerprint {
  package init() {}

  private var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
  private static let prime: UInt128 = 1 << 88 | 0x13b

  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { hash = (hash ^ UInt128(byte)) &* Self.prime }
  }

  /// Adds a text and its end, so that neighbours cannot run together.
  package mutating func add(_ text: String) {
    add(text.utf8)
    add(CollectionOfOne(0))
  }

  /// 32 hexadecimal digits.
  package var text: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }

  /// 16 bytes.
  package var bytes: [UInt8] {
    stride(from: 120, through: 0, by: -8).map { UInt8(truncatingIfNeeded: hash >> $0) }
  }
}
