/// An element type of a safetensors file.
enum SafetensorsElement: String {
  case double = "F64"
  case single = "F32"
  case half = "F16"
  case brain = "BF16"
  case signed64 = "I64"
  case signed32 = "I32"
  case signed16 = "I16"
  case signed8 = "I8"
  case unsigned64 = "U64"
  case unsigned32 = "U32"
  case unsigned16 = "U16"
  case unsigned8 = "U8"
  case boolean = "BOOL"
  case float8Exponent4 = "F8_E4M3"
  case float8Exponent5 = "F8_E5M2"

  /// The size of an element in bytes.
  var size: Int {
    switch self {
    case .double, .signed64, .unsigned64: 8
    case .single, .signed32, .unsigned32: 4
    case .half, .brain, .signed16, .unsigned16: 2
    case .signed8, .unsigned8, .boolean, .float8Exponent4, .float8Exponent5: 1
    }
  }

  /// The next `count` elements of a file as 32-bit floats, fewer at its end; nil for types that
  /// weights do not have, whose bytes are passed over.
  ///
  /// Halves and brain floats keep their value. Doubles are rounded to the nearest; one beyond the
  /// range becomes infinite, and is the second part of the result with its index.
  func floats(
    _ count: Int, of file: OpenFile
  ) throws(DataError) -> (values: [Float], overflow: (index: Int, value: Double)?)? {
    switch self {
    case .single: return (try file.read(count, of: Float.self), nil)
    case .half:
      let bits = try file.read(count, of: UInt16.self)
      return (bits.map { Float(Float16(bitPattern: $0)) }, nil)
    case .brain:
      let bits = try file.read(count, of: UInt16.self)
      // A brain float is the upper half of a 32-bit float.
      return (bits.map { Float(bitPattern: UInt32($0) << 16) }, nil)
    case .double:
      let doubles = try file.read(count, of: Double.self)
      let floats = doubles.map { Float($0) }
      let index = floats.indices.first { floats[$0].isInfinite && doubles[$0].isFinite }
      return (floats, index.map { (index: $0, value: doubles[$0]) })
    case .signed64, .signed32, .signed16, .signed8, .unsigned64, .unsigned32, .unsigned16,
      .unsigned8, .boolean, .float8Exponent4, .float8Exponent5:
      _ = try file.read(count * size, of: UInt8.self)
      return nil
    }
  }
}
