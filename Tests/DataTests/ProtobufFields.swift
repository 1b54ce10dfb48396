/// The fields of a message of Protocol Buffers, read without knowing its type.
struct ProtobufFields {
  /// A value as it is in the bytes.
  enum Value {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  let fields: [(number: Int, value: Value)]

  /// Reads a whole message; nil if the bytes are none.
  init?(_ bytes: some Collection<UInt8>) {
    var rest = ArraySlice(Array(bytes))
    var fields: [(Int, Value)] = []
    while !rest.isEmpty {
      guard let key = Self.varint(&rest) else { return nil }
      let value: Value
      switch key & 7 {
      case 0:
        guard let number = Self.varint(&rest) else { return nil }
        value = .number(number)
      case 1, 5:
        let size = key & 7 == 1 ? 8 : 4
        guard rest.count >= size else { return nil }
        value = .number(
          rest.prefix(size).reversed().reduce(0) { $0 << 8 | UInt64($1) })
        rest = rest.dropFirst(size)
      case 2:
        guard let size = Self.varint(&rest), Int(size) <= rest.count else { return nil }
        value = .bytes(rest.prefix(Int(size)))
        rest = rest.dropFirst(Int(size))
      default: return nil
      }
      fields.append((Int(key >> 3), value))
    }
    self.fields = fields
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var (number, shift) = (UInt64(0), UInt64(0))
    while let byte = rest.popFirst(), shift < 64 {
      number |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    return nil
  }

  /// The numbers of a field.
  func numbers(_ field: Int) -> [Int] {
    fields.compactMap {
      if $0.number == field, case .number(let n) = $0.value { Int(n) } else { nil }
    }
  }

  /// The contents of a field.
  func contents(_ field: Int) -> [ArraySlice<UInt8>] {
    fields.compactMap { if $0.number == field, case .bytes(let b) = $0.value { b } else { nil } }
  }

  /// The texts of a field.
  func texts(_ field: Int) -> [String] {
    contents(field).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The messages of a field.
  func messages(_ field: Int) -> [ProtobufFields] {
    contents(field).compactMap { ProtobufFields($0) }
  }
}
