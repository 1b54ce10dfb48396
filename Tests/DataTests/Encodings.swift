/// An IDX file, mostly of unsigned bytes.
func idx(_ dimensions: [Int], _ elements: [UInt8], type: UInt8 = 8) -> [UInt8] {
  let sizes = dimensions.flatMap { size in
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: size >> $0) }
  }
  return [0, 0, type, UInt8(dimensions.count)] + sizes + elements
}

/// A gzip member with `bytes`, at most 65535, in one stored block.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
  let count = UInt16(bytes.count)
  return header + [1] + littleEndian(count) + littleEndian(~count) + bytes
    + littleEndian(checksum(bytes)) + littleEndian(UInt32(bytes.count))
}

/// The bytes of `number` in little-endian order.
func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

/// The CRC-32 of `bytes`, as in gzip.
func checksum(_ bytes: [UInt8]) -> UInt32 {
  let table = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { rest, _ in rest >> 1 ^ (rest & 1) * 0xedb8_8320 }
  }
  return ~bytes.reduce(~0) { sum, byte in
    sum >> 8 ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)]
  }
}

/// The bytes of hexadecimal digits; blanks between them are skipped.
func hexadecimal(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
