/// Reads a file once from start to end, and inflates it if its content is gzip.
final class ByteReader {
  /// The size of the whole content in bytes, exact or as an upper bound.
  enum Length {
    case exactly(Int)
    case atMost(Int)
  }

  let path: String
  let length: Length
  private let file: OpenFile
  private let gzip: GzipReader?

  init(path: String) throws(DataError) {
    self.path = path
    file = try OpenFile.reading(path)
    let size = try file.length()
    let start = try file.read(2, of: UInt8.self)
    try file.rewind()
    if start == [0x1f, 0x8b] {
      gzip = try GzipReader(file)
      // Deflate needs two bits for at most 258 bytes, so it never compresses better than 1032 to
      // one.
      let (most, overflow) = size.multipliedReportingOverflow(by: 1032)
      length = .atMost(overflow ? .max : most)
    } else {
      gzip = nil
      length = .exactly(size)
    }
  }

  /// Reads until `buffer` is full or the content ends; returns the number of bytes read.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    if let gzip { try gzip.read(into: buffer) } else { try file.read(into: buffer) }
  }

  /// Reads the next `count` bytes, or fewer at the end of the content.
  func read(_ count: Int) throws(DataError) -> [UInt8] {
    try [UInt8](count: count) { buffer throws(DataError) in try read(into: buffer) }
  }
}
