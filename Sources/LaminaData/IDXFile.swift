/// An array of unsigned bytes in the IDX format of the MNIST files, plain or gzip.
///
/// Gzip is known by the content, not by the name of the file.
public struct IDXFile: Sendable {
  /// Where the array was read from.
  public let path: String
  /// The sizes of the dimensions, the slowest first: count, height, width for images.
  public let dimensions: [Int]
  /// The elements, the last dimension fastest; as many as the product of ``dimensions``.
  public let bytes: [UInt8]

  /// Reads the file at `path`, which must have `rank` dimensions: 3 for images, 1 for labels.
  ///
  /// The header is checked against the length of the file before room for the elements is made.
  public init(path: String, rank: Int) throws(DataError) {
    let reader = try ByteReader(path: path)
    self.path = path
    dimensions = try Self.readHeader(reader, rank: rank)
    bytes = try Self.readElements(reader, dimensions: dimensions)
  }

  private static func readHeader(_ reader: ByteReader, rank: Int) throws(DataError) -> [Int] {
    let start = try reader.read(4)
    guard start.count == 4, start[0] == 0, start[1] == 0 else {
      throw .idx(path: reader.path, .notIDX(start: start))
    }
    guard start[2] == 0x08 else {
      throw .idx(path: reader.path, .elementType(code: start[2]))
    }
    guard start[3] == rank else {
      throw .idx(path: reader.path, .rank(found: Int(start[3]), wanted: rank))
    }
    let sizes = try reader.read(4 * rank)
    guard sizes.count == 4 * rank else {
      throw .idx(path: reader.path, .headerTruncated(wanted: 4 + 4 * rank, found: 4 + sizes.count))
    }
    return stride(from: 0, to: sizes.count, by: 4).map { first in
      sizes[first..<first + 4].reduce(0) { $0 << 8 | Int($1) }
    }
  }

  private static func readElements(
    _ reader: ByteReader, dimensions: [Int]
  ) throws(DataError) -> [UInt8] {
    var count = 1
    for size in dimensions {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      if overflow { throw .idx(path: reader.path, .tooLarge(dimensions: dimensions)) }
      count = product
    }
    let header = 4 + 4 * dimensions.count
    switch reader.length {
    case .exactly(let length):
      try check(length - header, equals: count, reader.path)
    case .atMost(let length) where length - header < count:
      throw .idx(path: reader.path, .cannotHold(wanted: count, most: max(0, length - header)))
    case .atMost: break
    }
    let bytes = try reader.read(count)
    let beyond = try reader.read(1)
    try check(bytes.count + beyond.count, equals: count, reader.path)
    return bytes
  }

  /// Compares the number of elements in the file with the number that the header promises.
  ///
  /// Of too long a gzip file only one element too many is inflated, however long it is.
  private static func check(
    _ found: Int, equals wanted: Int, _ path: String
  ) throws(DataError) {
    if found < wanted { throw .idx(path: path, .truncated(wanted: wanted, found: found)) }
    if found > wanted { throw .idx(path: path, .tooLong(wanted: wanted, foundAtLeast: found)) }
  }
}
