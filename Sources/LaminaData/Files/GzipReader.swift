import CZlib

/// Inflates a gzip file of one or more members in chunks.
final class GzipReader {
  private let file: OpenFile
  // zlib keeps the address of its stream, so the stream must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private var memberEnded = false

  /// Starts at the current position of `file`, or with bytes that were read from it before.
  init(_ file: OpenFile, start: [UInt8] = []) throws(DataError) {
    self.file = file
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(capacity: 1 << 18)
    _ = input.update(fromContentsOf: start)
    stream.pointee.next_in = input.baseAddress
    stream.pointee.avail_in = UInt32(start.count)
    let gzipWithLargestWindow: Int32 = 16 + MAX_WBITS
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, gzipWithLargestWindow, ZLIB_VERSION, size) == Z_OK else {
      throw .gzip(path: file.path, .damaged(reason: reason))
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// Inflates until `output` is full or the data end; returns the number of bytes written.
  ///
  /// The checksum of the last member is verified only by a call that reaches the end.
  func read(into output: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    var filled = 0
    while filled < output.count {
      if memberEnded {
        guard try findMember() else { return filled }
        inflateReset(stream)
        memberEnded = false
      }
      if stream.pointee.avail_in == 0, try refill() == 0 {
        throw .gzip(path: file.path, .endsEarly)
      }
      filled += try inflateOnce(into: .init(rebasing: output[filled...]))
    }
    return filled
  }

  /// Whether another member follows. Zero bytes up to the end of the file are padding, such as
  /// tapes and disks add.
  private func findMember() throws(DataError) -> Bool {
    var isPadded = false
    while true {
      if stream.pointee.avail_in == 0, try refill() == 0 { return false }
      let rest = UnsafeBufferPointer(
        start: stream.pointee.next_in, count: Int(stream.pointee.avail_in))
      if !isPadded, rest.first == 0x1f { return true }
      guard rest.allSatisfy({ $0 == 0 }) else { throw .gzip(path: file.path, .trailing) }
      stream.pointee.avail_in = 0
      isPadded = true
    }
  }

  private func refill() throws(DataError) -> Int {
    let count = try file.read(into: UnsafeMutableRawBufferPointer(input))
    stream.pointee.next_in = input.baseAddress
    stream.pointee.avail_in = UInt32(count)
    return count
  }

  private func inflateOnce(into output: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    let room = UInt32(clamping: output.count)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = room
    switch inflate(stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: memberEnded = true
    default: throw .gzip(path: file.path, .damaged(reason: reason))
    }
    return Int(room - stream.pointee.avail_out)
  }

  private var reason: String {
    stream.pointee.msg.map { String(cString: $0) } ?? "zlib gives no reason"
  }
}
