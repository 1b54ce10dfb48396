import CCLBlast
import COpenCL
import Lamina
import Synchronization

/// Makes matrix products that CLBlast computes.
final class CLBlastMatmul {
  /// The parameters without measurements.
  let standard: CLBlastParameters

  private let queue: CommandQueue
  private let scratch: Scratch

  init(_ queue: CommandQueue, _ scratch: Scratch) throws(BackendError) {
    self.queue = queue
    self.scratch = scratch
    let device = queue.device
    let own = Self.state.withLock { $0.own(device) }
    guard let own else { throw queue.failure("clblast::RetrieveParameters", "an error") }
    standard = CLBlastVariant.standard(for: queue.device, own: own)
    Self.state.withLock { $0.users += 1 }
  }

  /// The parameters of a variant, or those without measurements.
  func parameters(_ variant: CLBlastVariant?) -> CLBlastParameters {
    variant?.parameters(from: standard) ?? standard
  }

  deinit {
    // CLBlast's programs, which it keeps for all backends at once, must go before their contexts and
    // before the process's end: some drivers crash otherwise.
    let kept = KeptQueue(queue: queue)
    Self.state.withLock { state in
      state.users -= 1
      state.queues.append(kept)
      guard state.users == 0 else { return }
      if !LostDevices.shared.areAny { _ = CLBlastClearCache() }
      state.queues.removeAll()
    }
  }

  /// `c = alpha · a · b + beta · c`, ready to be enqueued as often as wanted.
  func command(
    _ a: Matrix<OpenCLBackend>, _ b: Matrix<OpenCLBackend>, alpha: Float, beta: Float,
    into c: Matrix<OpenCLBackend>, by parameters: CLBlastParameters
  ) throws(BackendError) -> Command {
    let product = CLBlastProduct(
      a, b, alpha: alpha, beta: beta, into: c, by: parameters, scratch, queue)
    let bytes = try product.scratchBytes()
    if bytes > 0 { try scratch.reserve(bytes) }
    return .product(product)
  }

  /// Nobody uses it any more: it is only released later.
  private struct KeptQueue: @unchecked Sendable {
    let queue: CommandQueue
  }

  /// The state of CLBlast in this process.
  private struct State {
    private var ownParameters: [UInt: CLBlastParameters] = [:]
    private var inForce: [UInt: CLBlastParameters] = [:]
    /// Open backends, which share CLBlast's caches.
    var users = 0
    /// The queues of closed backends, for whose contexts CLBlast may have programs.
    var queues: [KeptQueue] = []

    /// The parameters that CLBlast came with. Nobody else changes them, so they are read once.
    mutating func own(_ device: OpenCLDevice) -> CLBlastParameters? {
      let key = UInt(bitPattern: device.id)
      if let known = ownParameters[key] { return known }
      let own = CLBlastParameters(builtInFor: device.id)
      ownParameters[key] = own
      inForce[key] = own
      return own
    }

    mutating func use(_ wanted: CLBlastParameters, on device: OpenCLDevice) -> CLBlastStatusCode {
      let key = UInt(bitPattern: device.id)
      guard let old = inForce[key], old != wanted else { return CLBlastSuccess }
      let status = wanted.apply(to: device.id, replacing: old)
      if status == CLBlastSuccess { inForce[key] = wanted }
      return status
    }
  }

  /// CLBlast 1.5.3 fills its caches without a lock, and fails when two threads compile the same.
  private static let state = Mutex(State())

  /// Calls CLBlast with `parameters` in force on the queue's device.
  fileprivate static func call(
    by parameters: CLBlastParameters, on queue: CommandQueue, _ call: () -> CLBlastStatusCode
  ) -> CLBlastStatusCode {
    state.withLock { state in
      let status = state.use(parameters, on: queue.device)
      return status == CLBlastSuccess ? call() : status
    }
  }
}

/// One product by CLBlast.
///
/// Seen in column order, the memory of a row-major matrix is its transpose. So this asks for
/// `cᵀ = bᵀ · aᵀ` in column order, which spares CLBlast the transposition of the result.
final class CLBlastProduct: ProductCommand {
  let name = "CLBlast"
  private let a: Matrix<OpenCLBackend>
  private let b: Matrix<OpenCLBackend>
  private let c: Matrix<OpenCLBackend>
  private let alpha: Float
  private let beta: Float
  private let parameters: CLBlastParameters
  private let scratch: Scratch
  private let queue: CommandQueue

  fileprivate init(
    _ a: Matrix<OpenCLBackend>, _ b: Matrix<OpenCLBackend>, alpha: Float, beta: Float,
    into c: Matrix<OpenCLBackend>, by parameters: CLBlastParameters, _ scratch: Scratch,
    _ queue: CommandQueue
  ) {
    self.a = a
    self.b = b
    self.c = c
    self.alpha = alpha
    self.beta = beta
    self.parameters = parameters
    self.scratch = scratch
    self.queue = queue
  }

  /// The scratch memory that CLBlast wants for this product, in bytes.
  fileprivate func scratchBytes() throws(BackendError) -> Int {
    var bytes = 0
    var handle: cl_command_queue? = try queue.handle
    let status = CLBlastMatmul.call(by: parameters, on: queue) {
      CLBlastSGemmTempBufferSize(
        CLBlastLayoutColMajor, b.transposition, a.transposition, c.columns, c.rows, a.columns,
        b.start, b.stride, a.start, a.stride, c.start, c.stride, &handle, &bytes)
    }
    if status != CLBlastSuccess {
      throw queue.failure("CLBlastSGemmTempBufferSize", Status.name(status))
    }
    return bytes
  }

  /// For messages.
  private var call: String { "CLBlastSgemm(\(a.shape) by \(b.shape) into \(c.shape))" }

  func enqueue() throws(BackendError) {
    guard let events = queue.events else { return try enqueue(event: nil) }
    // It may be several kernels, of which CLBlast tells the last one's event.
    let isOne = parameters.takesDirectKernel(rows: c.rows, columns: c.columns, depth: a.columns)
    let marker = isOne ? nil : try queue.marker()
    var event: cl_event?
    try enqueue(event: &event)
    guard let event else { return }
    let work = Profile.Work.product(
      "clblast", rows: c.rows, columns: c.columns, depth: a.columns)
    try events.add(work, event, since: marker, on: queue)
  }

  private func enqueue(event: UnsafeMutablePointer<cl_event?>?) throws(BackendError) {
    var handle: cl_command_queue? = try queue.handle
    let status = CLBlastMatmul.call(by: parameters, on: queue) {
      CLBlastSgemmWithTempBuffer(
        CLBlastLayoutColMajor, b.transposition, a.transposition, c.columns, c.rows, a.columns,
        alpha, b.buffer.memory, b.start, b.stride, a.buffer.memory, a.start,
        a.stride, beta, c.buffer.memory, c.start, c.stride, &handle, event, scratch.memory)
    }
    queue.note("CLBlast")
    // CLBlast passes OpenCL's own numbers through, between those of its own.
    if status == CLBlastSuccess { return }
    if Status.endsContext(status) {
      try queue.checkLaunch(cl_int(truncatingIfNeeded: status.rawValue), call)
    }
    throw queue.failure(call, Status.name(status))
  }
}

extension Matrix<OpenCLBackend> {
  /// Its start in its buffer, in floats.
  fileprivate var start: Int { offset }

  fileprivate var transposition: CLBlastTranspose {
    isTransposed ? CLBlastTransposeYes : CLBlastTransposeNo
  }
}
