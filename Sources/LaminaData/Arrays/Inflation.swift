import CZlib

/// Raw deflate streams and checksums of zlib, in memory.
enum Inflation {
  /// Inflates `packed`, which must yield `size` bytes.
  static func inflate(
    _ packed: ArraySlice<UInt8>, size: Int, of entry: String
  ) throws(ArchiveProblem) -> [UInt8] {
    // Deflate never compresses better than 1032 to one, so a larger size is refused before
    // allocation.
    guard size <= packed.count.multipliedReportingOverflow(by: 1032).partialValue,
      packed.count < Int(UInt32.max), size < Int(UInt32.max)
    else {
      throw .damaged(
        entry: entry, reason: "\(packed.count) bytes cannot inflate to \(size)")
    }
    // zlib keeps the address of its stream, so the stream must not move.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    let rawDeflate = -MAX_WBITS
    guard
      inflateInit2_(stream, rawDeflate, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .damaged(entry: entry, reason: "zlib cannot be initialised") }
    defer { inflateEnd(stream) }
    var input = Array(packed)
    var status = Z_OK
    // zlib refuses an output without an address, even for no bytes.
    let content = [UInt8](unsafeUninitializedCapacity: max(1, size)) { output, count in
      input.withUnsafeMutableBufferPointer { input in
        stream.pointee.next_in = input.baseAddress
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(size)
        status = CZlib.inflate(stream, Z_FINISH)
      }
      count = size - Int(stream.pointee.avail_out)
    }
    guard status == Z_STREAM_END else {
      let reason = stream.pointee.msg.map { String(cString: $0) }
      throw .damaged(entry: entry, reason: reason ?? "the data are too short or too long")
    }
    return content
  }

  /// The CRC-32 of `bytes`.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { buffer in
      UInt32(truncatingIfNeeded: crc32_z(0, buffer.baseAddress, buffer.count))
    }
  }
}
