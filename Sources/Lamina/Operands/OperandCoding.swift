/// Numbers the operands of operations that are encoded, and finds them again for decoding. Encoders
/// and decoders of operations have one under `CodingUserInfoKey.operands`.
public protocol OperandTable<B>: AnyObject, Sendable {
  associatedtype B: Backend
  /// The number of an operand.
  func number(of operand: Access<B>) -> Int
  /// The buffer of an operand, its offset there in numbers, and its content.
  func operand(_ number: Int) throws -> (buffer: B.Buffer, offset: Int, Access<B>.Content)
  /// The number that encodes the number of rows of a batch.
  func batchSize(_ count: Int) -> Int
}

extension CodingUserInfoKey {
  /// The place of an ``OperandTable``.
  public static let operands = CodingUserInfoKey(rawValue: "lamina.operands").unsafelyUnwrapped
}

extension Encoder {
  fileprivate func table<B: Backend>(_ type: B.Type) throws -> any OperandTable<B> {
    guard let table = userInfo[.operands] as? any OperandTable<B> else {
      throw EncodingError.invalidValue(
        B.self, .init(codingPath: codingPath, debugDescription: "there is no table of operands"))
    }
    return table
  }

  fileprivate func encode<B: Backend>(_ operand: Access<B>) throws {
    var container = singleValueContainer()
    try container.encode(table(B.self).number(of: operand))
  }
}

extension Decoder {
  fileprivate func table<B: Backend>(_ type: B.Type) throws -> any OperandTable<B> {
    guard let table = userInfo[.operands] as? any OperandTable<B> else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: codingPath, debugDescription: "there is no table of operands"))
    }
    return table
  }

  fileprivate func operand<B: Backend>(
    of type: B.Type
  ) throws -> (buffer: B.Buffer, offset: Int, content: Access<B>.Content) {
    try table(B.self).operand(singleValueContainer().decode(Int.self))
  }
}

extension Vector: Codable {
  /// Finds the operand in the table of the decoder.
  public init(from decoder: any Decoder) throws {
    let (buffer, offset, content) = try decoder.operand(of: B.self)
    self.init(buffer: buffer, offset: offset, count: content.rows * content.columns)
  }
  /// Writes the number that the table of the encoder has for it.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encode(Access<B>.vector("", self, .read))
  }
}

extension Indices: Codable {
  /// Finds the operand in the table of the decoder.
  public init(from decoder: any Decoder) throws {
    let (buffer, _, content) = try decoder.operand(of: B.self)
    self.init(buffer: buffer, count: content.columns)
  }
  /// Writes the number that the table of the encoder has for it.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encode(Access<B>.indices("", self, below: 0))
  }
}

extension Examples: Codable {
  /// Finds the operand in the table of the decoder.
  public init(from decoder: any Decoder) throws {
    let (buffer, _, content) = try decoder.operand(of: B.self)
    self.init(
      buffer: buffer, rows: content.rows, columns: content.columns,
      element: content.element == .byte ? .byte : .float)
  }
  /// Writes the number that the table of the encoder has for it.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encode(Access<B>.examples("", self))
  }
}

extension BatchIndices: Codable {
  private enum Key: String, CodingKey { case order, count }

  /// Finds the operand in the table of the decoder.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      try container.decode(Indices<B>.self, forKey: .order),
      count: try container.decode(Int.self, forKey: .count))
  }
  /// Writes the number that the table of the encoder has for it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(indices, forKey: .order)
    try container.encode(encoder.table(B.self).batchSize(count), forKey: .count)
  }
}

extension Matrix: Codable {
  private enum Key: String, CodingKey { case memory, isTransposed }

  /// The memory alone.
  private struct Memory: Codable {
    let buffer: B.Buffer
    let offset: Int
    let content: Access<B>.Content

    init(_ matrix: Matrix) {
      let access = Access<B>.matrix("", matrix, .read)
      (buffer, offset, content) = (matrix.buffer, matrix.offset, access.content)
    }
    init(from decoder: any Decoder) throws {
      (buffer, offset, content) = try decoder.operand(of: B.self)
    }
    func encode(to encoder: any Encoder) throws {
      try encoder.encode(
        Access<B>(
          label: "", buffer: buffer, offset: offset * 4, content: content, use: .read,
          division: .whole))
    }
  }

  /// Finds the operand in the table of the decoder.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let memory = try container.decode(Memory.self, forKey: .memory)
    let matrix = Matrix(
      buffer: memory.buffer, offset: memory.offset, rows: memory.content.rows,
      columns: memory.content.columns, stride: memory.content.stride)
    self = try container.decode(Bool.self, forKey: .isTransposed) ? matrix.transposed : matrix
  }

  /// Writes the number that the table of the encoder has for it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Memory(self), forKey: .memory)
    try container.encode(isTransposed, forKey: .isTransposed)
  }
}
