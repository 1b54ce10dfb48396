import CCLBlast
import COpenCL
import Lamina
import Synchronization

/// Makes matrix products that CLBlast computes.
final class CLBlastMatmul {
  /// The version of CLBlast that this was compiled for, such as `1.5.3`.
  static let version =
    "\(CLBLAST_VERSION_MAJOR).\(CLBLAST_VERSION_MINOR).\(CLBLAST_VERSION_PATCH)"

  /// Seconds that CLBlast took for its first products, which is when it compiles.
  private(set) var buildSeconds = 0.0

  private let queue: CommandQueue
  private let scratch = Scratch()

  init(_ queue: CommandQueue) throws(BackendError) {
    self.queue = queue
    Self.lock.withLock { $0 += 1 }
    for override in CLBlastParameters.overrides(for: queue.device) { try apply(override) }
  }

  deinit {
    // CLBlast's programs keep contexts alive, and some drivers crash when they go at exit.
    Self.lock.withLock { users in
      users -= 1
      if users == 0 { _ = CLBlastClearCache() }
    }
  }

  /// `c = alpha · a · b + beta · c`, ready to be enqueued as often as wanted.
  func command(
    _ a: Matrix<OpenCLBackend>, _ b: Matrix<OpenCLBackend>, alpha: Float, beta: Float,
    into c: Matrix<OpenCLBackend>
  ) throws(BackendError) -> Command {
    let product = CLBlastProduct(a, b, alpha: alpha, beta: beta, into: c, scratch, queue)
    try scratch.reserve(try product.scratchBytes(), queue)
    return .clblast(product)
  }

  /// Runs the first products, and counts their time as time spent compiling.
  func measuringBuild(_ firstProducts: () throws(BackendError) -> Void) throws(BackendError) {
    let start = ContinuousClock.now
    try firstProducts()
    buildSeconds += (ContinuousClock.now - start) / .seconds(1)
  }

  /// CLBlast 1.5.3 fills its caches without a lock, and fails when two threads compile the same.
  ///
  /// Guards the number of users of these caches.
  fileprivate static let lock = Mutex(0)

  private func apply(_ override: CLBlastParameters.Override) throws(BackendError) {
    var names = override.parameters.map { parameter -> UnsafePointer<CChar>? in
      UnsafeRawPointer(parameter.name.utf8Start).assumingMemoryBound(to: CChar.self)
    }
    let values = override.parameters.map(\.value)
    let status = Self.lock.withLock { _ in
      CLBlastOverrideParameters(
        queue.device.id, override.kernel, CLBlastPrecisionSingle, values.count, &names, values)
    }
    if status != CLBlastSuccess {
      throw queue.failure("CLBlastOverrideParameters(\(override.kernel))", Status.name(status))
    }
  }
}

/// One product by CLBlast.
///
/// Seen in column order, the memory of a row-major matrix is its transpose. So this asks for
/// `cᵀ = bᵀ · aᵀ` in column order, which spares CLBlast the transposition of the result.
final class CLBlastProduct {
  private let a: Matrix<OpenCLBackend>
  private let b: Matrix<OpenCLBackend>
  private let c: Matrix<OpenCLBackend>
  private let alpha: Float
  private let beta: Float
  private let scratch: Scratch
  private let queue: CommandQueue

  fileprivate init(
    _ a: Matrix<OpenCLBackend>, _ b: Matrix<OpenCLBackend>, alpha: Float, beta: Float,
    into c: Matrix<OpenCLBackend>, _ scratch: Scratch, _ queue: CommandQueue
  ) {
    self.a = a
    self.b = b
    self.c = c
    self.alpha = alpha
    self.beta = beta
    self.scratch = scratch
    self.queue = queue
  }

  /// The scratch memory that CLBlast wants for this product, in bytes.
  fileprivate func scratchBytes() throws(BackendError) -> Int {
    var bytes = 0
    var handle: cl_command_queue? = queue.handle
    let status = CLBlastMatmul.lock.withLock { _ in
      CLBlastSGemmTempBufferSize(
        CLBlastLayoutColMajor, b.transposition, a.transposition, c.columns, c.rows, a.columns,
        0, b.stride, 0, a.stride, 0, c.stride, &handle, &bytes)
    }
    if status != CLBlastSuccess {
      throw queue.failure("CLBlastSGemmTempBufferSize", Status.name(status))
    }
    return bytes
  }

  func enqueue() throws(BackendError) {
    var handle: cl_command_queue? = queue.handle
    let status = CLBlastMatmul.lock.withLock { _ in
      CLBlastSgemmWithTempBuffer(
        CLBlastLayoutColMajor, b.transposition, a.transposition, c.columns, c.rows, a.columns,
        alpha, b.storage.memory, 0, b.stride, a.storage.memory, 0, a.stride, beta,
        c.storage.memory, 0, c.stride, &handle, nil, scratch.memory)
    }
    if status != CLBlastSuccess {
      throw queue.failure(
        "CLBlastSgemm(\(a.shape) by \(b.shape) into \(c.shape))", Status.name(status))
    }
  }
}

extension Matrix<OpenCLBackend> {
  fileprivate var transposition: CLBlastTranspose {
    isTransposed ? CLBlastTransposeYes : CLBlastTransposeNo
  }
}

/// Scratch memory that all products share: they run one after the other.
///
/// Products ask for the buffer when they run, so that it can grow after they were prepared.
private final class Scratch {
  private var storage: OpenCLBackend.Storage?

  var memory: cl_mem? { storage?.memory }

  func reserve(_ byteCount: Int, _ queue: CommandQueue) throws(BackendError) {
    guard byteCount > storage?.byteCount ?? 0 else { return }
    storage = try OpenCLBackend.Storage(byteCount: byteCount, queue: queue)
  }
}
