import COpenCL
import Lamina

/// A buffer of the device. Operands are parts of it by offset: there are no sub-buffers, which
/// drivers align, and some release wrongly.
public final class DeviceBuffer {
  let memory: cl_mem
  /// The bytes that were asked for.
  let byteCount: Int
  private let queue: CommandQueue

  /// Buffers take whole cache lines, which the filling below can do fast.
  private static let unit = 64

  /// Allocates zeros, and waits until the device has really found the memory.
  init(byteCount: Int, queue: CommandQueue) throws(BackendError) {
    let unit = Self.unit
    let size = byteCount.rounded(upTo: unit)
    let context = try queue.context
    var status: cl_int = 0
    let memory = clCreateBuffer(context, cl_mem_flags(CL_MEM_READ_WRITE), size, nil, &status)
    guard let memory, status == CL_SUCCESS else {
      throw Status.isOutOfMemory(status)
        ? .outOfMemory(bytes: byteCount, device: queue.device.description.name)
        : queue.failure("clCreateBuffer", status)
    }
    self.memory = memory
    self.byteCount = byteCount
    self.queue = queue
    // Some drivers find the memory only when it is first used: use it now.
    do throws(BackendError) {
      var zero = SIMD16<Float>(repeating: 0)
      try queue.checkCommand(
        clEnqueueFillBuffer(try queue.handle, memory, &zero, unit, 0, size, 0, nil, nil),
        "clEnqueueFillBuffer")
      try queue.wait()
    } catch .deviceLost(_, let status, let device, _) where Status.namesOutOfMemory(status) {
      throw .outOfMemory(bytes: byteCount, device: device)
    }
  }

  // OpenCL frees the memory after the commands that use it.
  deinit {
    if !queue.isLost { clReleaseMemObject(memory) }
  }
}
