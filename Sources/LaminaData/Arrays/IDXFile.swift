/// An array in the IDX format of the MNIST files, plain or gzip.
///
/// Gzip is detected from the content, not from the name of the file.
public struct IDXFile: Sendable {
  /// The use of an array.
  public typealias Use = IDXUse

  /// The path of the file.
  public let path: String
  /// The sizes of the dimensions, the slowest-varying first: count, height, width for images.
  public let dimensions: [Int]
  /// The elements; the last dimension varies fastest. Their number is the product of
  /// ``dimensions``.
  public var integers: [Int] { type.integers(bytes) }
  /// The bytes of the elements, the highest byte of each element first.
  public let bytes: [UInt8]
  private let type: IDXElement

  /// Reads the file at `path`, whose element type and dimensions must fit `use`.
  ///
  /// The header is checked against the length of the file before memory for the elements is
  /// allocated.
  public init(path: String, for use: Use) throws(DataError) {
    let reader = try ByteReader(path: path)
    self.path = path
    (type, dimensions) = try Self.readHeader(reader, use)
    bytes = try Self.readElements(reader, type, dimensions)
  }

  static func readHeader(
    _ reader: ByteReader, _ use: Use
  ) throws(DataError) -> (IDXElement, [Int]) {
    let start = try reader.read(4)
    guard start.count == 4, start[0] == 0, start[1] == 0 else {
      throw .idx(path: reader.path, .notIDX(start: start))
    }
    guard let type = IDXElement(rawValue: start[2]), use.types.contains(type) else {
      throw .idx(path: reader.path, .elementType(code: start[2], use: use))
    }
    let rank = Int(start[3])
    guard use.ranks.contains(rank) else {
      throw .idx(path: reader.path, .rank(found: rank, use: use))
    }
    let sizes = try reader.read(4 * rank)
    guard sizes.count == 4 * rank else {
      throw .idx(path: reader.path, .headerTruncated(wanted: 4 + 4 * rank, found: 4 + sizes.count))
    }
    let dimensions = stride(from: 0, to: sizes.count, by: 4).map { first in
      sizes[first..<first + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    return (type, dimensions)
  }

  private static func readElements(
    _ reader: ByteReader, _ type: IDXElement, _ dimensions: [Int]
  ) throws(DataError) -> [UInt8] {
    guard let count = ([type.size] + dimensions).product else {
      throw .idx(path: reader.path, .tooLarge(dimensions: dimensions))
    }
    let header = 4 + 4 * dimensions.count
    switch reader.length {
    case .exactly(let length): try check(length - header, equals: count, type, reader.path)
    case .atMost(let length) where length - header < count:
      throw .idx(
        path: reader.path,
        .cannotHold(wanted: count / type.size, most: max(0, length - header) / type.size))
    case .atMost: break
    }
    let bytes = try reader.read(count)
    let beyond = try reader.read(1)
    try check(bytes.count + beyond.count, equals: count, type, reader.path)
    return bytes
  }

  /// Compares the number of bytes in the file with the number that the header promises.
  ///
  /// If a gzip file is too long, only one excess byte is inflated, however long the file is.
  private static func check(
    _ found: Int, equals wanted: Int, _ type: IDXElement, _ path: String
  ) throws(DataError) {
    let elements = wanted / type.size
    if found < wanted {
      throw .idx(path: path, .truncated(wanted: elements, found: found / type.size))
    }
    if found > wanted {
      let whole = (found + type.size - 1) / type.size
      throw .idx(path: path, .tooLong(wanted: elements, foundAtLeast: whole))
    }
  }
}

/// The element type of an IDX file; the raw value is its code.
enum IDXElement: UInt8 {
  case unsignedByte = 8
  case signedByte = 9
  case int16 = 11
  case int32 = 12
  case float32 = 13
  case float64 = 14

  var size: Int {
    switch self {
    case .unsignedByte, .signedByte: 1
    case .int16: 2
    case .int32, .float32: 4
    case .float64: 8
    }
  }

  /// The whole numbers in `bytes`, the highest byte first; floats as their bits.
  func integers(_ bytes: [UInt8]) -> [Int] {
    stride(from: 0, to: bytes.count, by: size).map { start in
      let first = self == .unsignedByte ? Int(bytes[start]) : Int(Int8(bitPattern: bytes[start]))
      return bytes[start + 1..<start + size].reduce(first) { $0 << 8 | Int($1) }
    }
  }
}

extension IDXUse {
  fileprivate var types: [IDXElement] {
    switch self {
    case .examples: [.unsignedByte]
    case .labels: [.unsignedByte, .signedByte, .int16, .int32]
    }
  }

  fileprivate var ranks: ClosedRange<Int> {
    switch self {
    case .examples: 2...3
    case .labels: 1...2
    }
  }
}
