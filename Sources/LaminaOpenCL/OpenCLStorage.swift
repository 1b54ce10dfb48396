import COpenCL
public import Lamina

extension OpenCLBackend {
  /// A part of a buffer, which it keeps alive.
  public final class Storage {
    let buffer: DeviceBuffer
    /// Where it starts in the buffer, in bytes.
    let offset: Int
    let byteCount: Int

    /// A whole buffer, of zeros.
    init(byteCount: Int, queue: CommandQueue) throws(BackendError) {
      buffer = try DeviceBuffer(byteCount: byteCount, queue: queue)
      offset = 0
      self.byteCount = byteCount
    }

    init(part bytes: Range<Int>, of storage: Storage) {
      buffer = storage.buffer
      offset = storage.offset + bytes.lowerBound
      byteCount = bytes.count
    }

    /// Whether both are the same memory.
    func isSame(as other: Storage) -> Bool { buffer === other.buffer && offset == other.offset }

    /// Where this begins in `other`, in bytes; nil where it is no part of that.
    func offset(in other: Storage) -> Int? {
      let start = offset - other.offset
      guard buffer === other.buffer, start >= 0, start + byteCount <= other.byteCount
      else { return nil }
      return start
    }
  }

  /// Allocates zeros, and waits until the device has really found the memory.
  public func makeStorage(byteCount: Int) throws(BackendError) -> Storage {
    try Storage(byteCount: byteCount, queue: queue)
  }

  /// The same buffer from another byte on: nothing is allocated.
  public func makeView(of storage: Storage, bytes: Range<Int>) -> Storage {
    precondition(
      bytes.lowerBound >= 0 && bytes.upperBound <= storage.byteCount && !bytes.isEmpty
        && bytes.lowerBound % viewAlignment == 0,
      "bytes \(bytes) of \(storage.byteCount), aligned to \(viewAlignment)")
    return Storage(part: bytes, of: storage)
  }

  /// Copies from the host. Returns when `bytes` has been read, hence waits for what came before.
  public func write(_ bytes: RawSpan, to storage: Storage, at offset: Int) throws(BackendError) {
    precondition(offset >= 0 && offset + bytes.byteCount <= storage.byteCount)
    if bytes.isEmpty { return }
    try queue.wait()
    let handle = try queue.handle
    let status = bytes.withUnsafeBytes {
      clEnqueueWriteBuffer(
        handle, storage.buffer.memory, cl_bool(CL_TRUE), storage.offset + offset, $0.count,
        $0.baseAddress, 0, nil, nil)
    }
    try queue.checkCommand(status, "clEnqueueWriteBuffer")
  }

  /// Copies to the host, after waiting for what came before.
  public func read(
    _ storage: Storage, at offset: Int, into bytes: inout MutableRawSpan
  ) throws(BackendError) {
    precondition(offset >= 0 && offset + bytes.byteCount <= storage.byteCount)
    if bytes.isEmpty { return }
    try finishDeviceTrial()
    try queue.wait()
    let handle = try queue.handle
    let status = bytes.withUnsafeMutableBytes {
      clEnqueueReadBuffer(
        handle, storage.buffer.memory, cl_bool(CL_TRUE), storage.offset + offset, $0.count,
        $0.baseAddress, 0, nil, nil)
    }
    try queue.checkCommand(status, "clEnqueueReadBuffer")
  }
}
