import Glibc

/// Memory of the CPU backend, aligned to cache lines.
public final class CPUBuffer {
  let bytes: UnsafeMutableRawBufferPointer

  private static let alignment = 64
  /// The size of the processor's large pages. With small pages, reading down the columns of a large
  /// matrix or at random examples needs more address translations than the processor keeps.
  private static let largePage = 2 << 20

  /// Zeroed memory; nil if the system has no more.
  ///
  /// - Parameter clear: Sets the memory to zero, and is the first to touch it.
  init?(byteCount: Int, clear: (UnsafeMutableRawBufferPointer) -> Void = CPUBuffer.clear) {
    // Code can read whole vectors at the end of a row.
    let size = (max(byteCount, 1) + Self.alignment - 1) / Self.alignment * Self.alignment
    let isLarge = size >= Self.largePage
    var start: UnsafeMutableRawPointer?
    guard posix_memalign(&start, isLarge ? Self.largePage : Self.alignment, size) == 0, let start
    else { return nil }
    // Only a request: the system uses small pages if it has no large ones.
    if isLarge { madvise(start, size, Int32(MADV_HUGEPAGE)) }
    clear(UnsafeMutableRawBufferPointer(start: start, count: size))
    bytes = UnsafeMutableRawBufferPointer(start: start, count: byteCount)
  }

  /// Sets memory to zero.
  static func clear(_ bytes: UnsafeMutableRawBufferPointer) {
    if let start = bytes.baseAddress { memset(start, 0, bytes.count) }
  }

  deinit { free(bytes.baseAddress) }

  /// The memory as floats.
  var floats: UnsafeMutablePointer<Float> {
    bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: Float.self)
  }
  /// The memory as 32-bit whole numbers.
  var integers: UnsafeMutablePointer<Int32> {
    bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: Int32.self)
  }
  /// The memory as bytes.
  var octets: UnsafeMutablePointer<UInt8> {
    bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
  }
}
