extension ByteReader {
  /// The largest size in bytes. A larger file is damaged, hostile or too large for memory.
  private static let limit = 1 << 33

  /// All bytes of the file at `path`, inflated if it is gzip.
  static func contents(of path: String) throws(DataError) -> [UInt8] {
    let reader = try ByteReader(path: path)
    guard case .atMost = reader.length else { return try reader.rest(upTo: reader.length.most) }
    var bytes: [UInt8] = []
    // Grows with the actual content, not with the most that a gzip file of this size could contain.
    while true {
      let chunk = try reader.read(1 << 22)
      bytes += chunk
      if chunk.count < 1 << 22 { return bytes }
      guard bytes.count <= limit else { throw .tooLong(path: path, limit: limit) }
    }
  }

  private func rest(upTo count: Int) throws(DataError) -> [UInt8] {
    guard count <= Self.limit else { throw .tooLong(path: path, limit: Self.limit) }
    return try read(count)
  }
}

extension ByteReader.Length {
  fileprivate var most: Int {
    switch self {
    case .exactly(let count), .atMost(let count): count
    }
  }
}
