import COpenCL
import Lamina

/// Scratch memory that all products of a backend share: they run one after the other.
final class Scratch {
  private let queue: CommandQueue
  private var buffer: DeviceBuffer?

  init(_ queue: CommandQueue) { self.queue = queue }

  /// The memory as it is now. It can grow after a product was prepared: ask when it runs.
  var memory: cl_mem? { buffer?.memory }

  /// At least `byteCount` bytes. A launch may keep them: they stay when others get more.
  @discardableResult
  func reserve(_ byteCount: Int) throws(BackendError) -> DeviceBuffer {
    if let buffer, buffer.byteCount >= byteCount { return buffer }
    let grown = try DeviceBuffer(byteCount: byteCount, queue: queue)
    buffer = grown
    return grown
  }
}
