/// A builder for Protocol Buffers messages. Fields are in the order in which they are added.
package struct ProtobufMessage {
  package private(set) var bytes: [UInt8] = []

  /// An empty message.
  package init() {}

  private enum WireType: UInt64 { case varint, eightBytes, lengthDelimited, fourBytes = 5 }

  package mutating func add(_ field: UInt64, _ value: Int64) {
    start(field, .varint)
    append(varint: UInt64(bitPattern: value))
  }

  package mutating func add(_ field: UInt64, _ value: Double) {
    start(field, .eightBytes)
    bytes += littleEndian(value.bitPattern)
  }

  package mutating func add(_ field: UInt64, _ value: Float) {
    start(field, .fourBytes)
    bytes += littleEndian(value.bitPattern)
  }

  package mutating func add(_ field: UInt64, _ text: String) { add(field, Array(text.utf8)) }

  package mutating func add(_ field: UInt64, _ message: ProtobufMessage) {
    add(field, message.bytes)
  }

  package mutating func add(_ field: UInt64, _ content: [UInt8]) {
    start(field, .lengthDelimited)
    append(varint: UInt64(content.count))
    bytes += content
  }

  private mutating func start(_ field: UInt64, _ type: WireType) {
    append(varint: field << 3 | type.rawValue)
  }

  private mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// The bytes of a number in little-endian order.
package func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian, Array.init)
}

/// The bytes of numbers as memory has them, which is little-endian on the processors that Lamina
/// runs on.
func memoryBytes<Number: BitwiseCopyable>(of numbers: [Number]) -> [UInt8] {
  numbers.withUnsafeBytes { Array($0) }
}
