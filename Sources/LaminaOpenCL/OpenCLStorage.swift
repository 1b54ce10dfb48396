import COpenCL
public import Lamina

extension OpenCLBackend {
  /// A buffer of the device, or a part of one.
  public final class Storage {
    let memory: cl_mem
    let byteCount: Int
    private let queue: CommandQueue
    /// The buffer of which this is a part, and where it starts there.
    private let whole: (storage: Storage, offset: Int)?

    /// Buffers take whole cache lines, which is what the filling below can do fast.
    private static let unit = 64

    init(byteCount: Int, queue: CommandQueue) throws(BackendError) {
      let unit = Self.unit
      let size = (byteCount + unit - 1) / unit * unit
      var status: cl_int = 0
      let memory = clCreateBuffer(
        queue.context, cl_mem_flags(CL_MEM_READ_WRITE), size, nil, &status)
      guard let memory, status == CL_SUCCESS else {
        throw Self.failure("clCreateBuffer", status, byteCount, queue)
      }
      self.memory = memory
      self.byteCount = byteCount
      self.queue = queue
      whole = nil
      // Some drivers find the memory only when it is first used: use it now.
      var zero = SIMD16<Float>(repeating: 0)
      let handle = try queue.handle
      status = clEnqueueFillBuffer(handle, memory, &zero, unit, 0, size, 0, nil, nil)
      if status == CL_SUCCESS { status = clFinish(handle) }
      guard status == CL_SUCCESS else {
        throw Self.failure("clEnqueueFillBuffer", status, byteCount, queue)
      }
    }

    init(part bytes: Range<Int>, of storage: Storage) throws(BackendError) {
      // OpenCL makes parts of whole buffers only.
      let root = storage.whole?.storage ?? storage
      let offset = (storage.whole?.offset ?? 0) + bytes.lowerBound
      var region = cl_buffer_region(origin: offset, size: bytes.count)
      var status: cl_int = 0
      let memory = clCreateSubBuffer(
        root.memory, cl_mem_flags(CL_MEM_READ_WRITE),
        cl_buffer_create_type(CL_BUFFER_CREATE_TYPE_REGION), &region, &status)
      guard let memory, status == CL_SUCCESS else {
        throw storage.queue.failure("clCreateSubBuffer", Status.name(status))
      }
      self.memory = memory
      byteCount = bytes.count
      queue = storage.queue
      whole = (root, offset)
    }

    /// Where this begins in `other`, in bytes; nil where it is no part of that.
    func offset(in other: Storage) -> Int? {
      let (own, others) = (whole ?? (self, 0), other.whole ?? (other, 0))
      let offset = own.offset - others.offset
      guard own.storage === others.storage, offset >= 0, offset + byteCount <= other.byteCount
      else { return nil }
      return offset
    }

    // OpenCL frees the memory after the commands that use it.
    deinit { clReleaseMemObject(memory) }

    private static func failure(
      _ call: String, _ status: cl_int, _ byteCount: Int, _ queue: CommandQueue
    ) -> BackendError {
      Status.isOutOfMemory(status)
        ? .outOfMemory(bytes: byteCount, device: queue.device.description.name)
        : queue.failure(call, Status.name(status))
    }
  }

  /// Allocates zeros, and waits until the device has really found the memory.
  public func makeStorage(byteCount: Int) throws(BackendError) -> Storage {
    try Storage(byteCount: byteCount, queue: queue)
  }

  /// A sub-buffer, which keeps the whole buffer alive.
  public func makeView(of storage: Storage, bytes: Range<Int>) throws(BackendError) -> Storage {
    precondition(
      bytes.lowerBound >= 0 && bytes.upperBound <= storage.byteCount && !bytes.isEmpty
        && bytes.lowerBound % viewAlignment == 0,
      "bytes \(bytes) of \(storage.byteCount), aligned to \(viewAlignment)")
    return try Storage(part: bytes, of: storage)
  }

  /// Copies from the host. Returns when `bytes` has been read, hence waits for what came before.
  public func write(_ bytes: RawSpan, to storage: Storage, at offset: Int) throws(BackendError) {
    precondition(offset >= 0 && offset + bytes.byteCount <= storage.byteCount)
    if bytes.isEmpty { return }
    let handle = try queue.handle
    let status = bytes.withUnsafeBytes {
      clEnqueueWriteBuffer(
        handle, storage.memory, cl_bool(CL_TRUE), offset, $0.count, $0.baseAddress, 0, nil,
        nil)
    }
    try queue.check(status, "clEnqueueWriteBuffer")
  }

  /// Copies to the host, after waiting for what came before.
  public func read(
    _ storage: Storage, at offset: Int, into bytes: inout MutableRawSpan
  ) throws(BackendError) {
    precondition(offset >= 0 && offset + bytes.byteCount <= storage.byteCount)
    if bytes.isEmpty { return }
    let handle = try queue.handle
    let status = bytes.withUnsafeMutableBytes {
      clEnqueueReadBuffer(
        handle, storage.memory, cl_bool(CL_TRUE), offset, $0.count, $0.baseAddress, 0, nil,
        nil)
    }
    try queue.check(status, "clEnqueueReadBuffer")
  }
}
