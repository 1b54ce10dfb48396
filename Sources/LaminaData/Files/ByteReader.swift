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
  /// The size of the file; nil for the standard input.
  private let fileLength: Int?
  /// The bytes that were looked at but not read.
  private var head: [UInt8] = []

  init(path: String) throws(DataError) {
    self.path = path
    file = try OpenFile.reading(path)
    let size = try file.length()
    fileLength = size
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

  /// Reads the standard input, which may be a pipe.
  init(standardInput file: OpenFile) throws(DataError) {
    self.file = file
    path = file.path
    (length, fileLength) = (.atMost(.max), nil)
    let start = try file.read(2, of: UInt8.self)
    if start == [0x1f, 0x8b] {
      gzip = try GzipReader(file, start: start)
    } else {
      gzip = nil
      head = start
    }
  }

  /// The share of the file that was read; nil if its size is unknown.
  var share: Double? {
    guard let fileLength, fileLength > 0, let place = file.position else { return nil }
    return Double(place) / Double(fileLength)
  }

  /// The next bytes, which remain to be read; fewer than `count` at the end of the content.
  func peek(_ count: Int) throws(DataError) -> [UInt8] {
    if head.count < count { head += try readOn(count - head.count) }
    return Array(head.prefix(count))
  }

  /// Reads until `buffer` is full or the content ends; returns the number of bytes read.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    let count = min(head.count, buffer.count)
    guard count > 0 else { return try readOn(into: buffer) }
    buffer.copyBytes(from: head[..<count])
    head.removeSubrange(..<count)
    return try count + readOn(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
  }

  /// Reads the next `count` bytes, or fewer at the end of the content.
  func read(_ count: Int) throws(DataError) -> [UInt8] {
    try [UInt8](count: count) { buffer throws(DataError) in try read(into: buffer) }
  }

  /// `start`, and the next `count` bytes, or fewer at the end of the content.
  func read(_ count: Int, after start: [UInt8]) throws(DataError) -> [UInt8] {
    try [UInt8](count: start.count + count) { buffer throws(DataError) in
      buffer.copyBytes(from: start)
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[start.count...])
      return try start.count + read(into: rest)
    }
  }

  private func readOn(_ count: Int) throws(DataError) -> [UInt8] {
    try [UInt8](count: count) { buffer throws(DataError) in try readOn(into: buffer) }
  }

  private func readOn(into buffer: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    if let gzip { try gzip.read(into: buffer) } else { try file.read(into: buffer) }
  }
}
