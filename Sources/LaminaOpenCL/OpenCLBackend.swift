import COpenCL
public import Lamina

/// Trains on an OpenCL device: kernels of its own, and matrix products by CLBlast where it is
/// faster.
///
/// Kernels are compiled when they are first asked for, which takes seconds when neither the driver
/// nor ``CacheFolder`` has them. Each way to compute a product is checked against the host before
/// its first use.
public final class OpenCLBackend: Backend {
  /// The device, for reports.
  public let device: DeviceDescription
  /// The precision of the factors of products. Small products may be fp32 all the same.
  public let precision: Precision
  let queue: CommandQueue
  let kernels: KernelLibrary
  let shape: WorkShape
  let clblast: CLBlastMatmul
  let scratch: Scratch
  let planner: MatmulPlanner
  let warn: (String) -> Void
  var choice = MatmulChoice()
  /// The fault of each kernel that was tried; nil for right ones.
  var verdicts: [KernelTrial: String?] = [:]
  /// The file that keeps verdicts beyond the process; nil without one.
  let ledger: TrialLedger?
  /// Tries kernels in a process of its own; nil where this one does it.
  let trialHost: TrialHost?
  /// Tries kernels that are asked for later, beside ``trialHost``; see ``anticipate(_:)``.
  var ahead = AnticipatedTrials()
  /// True if ``trialHost`` is about to find out if the device can be trusted at all.
  var triesDevice = false
  /// The method that tests want for products that it supports.
  var forcedMethod: MatmulMethod?
  /// The estimate of the list that was prepared last; nil where there was no choice.
  var estimate: StepEstimate?
  /// What the device can do, where it is known.
  var knownRates: DeviceRates?
  /// The folder that keeps it beyond the process; nil without one.
  let ratesCache: CacheFolder?
  /// True if kernels run untried, so that a check sees their results.
  var skipsTrials = false
  /// Takes the name of each kernel that a list asks for.
  var noteKernel: ((String) -> Void)?
  /// Names of fusion rules that are left out, so that tests compare.
  var disabledRules: Set<String> = []
  /// Steps that wait for others to go with them in a launch.
  private var held: (any HeldSteps)?

  /// Opens a device.
  ///
  /// Operations throw `BackendError.wrongResult` when no way
  /// to compute a product is right.
  public convenience init(
    _ device: OpenCLDevice, options: OpenCLOptions = .userDefaults()
  ) throws(BackendError) {
    try self.init(
      device,
      shape: device.isCPU
        ? .cpu : .gpu(bundle: device.bundle, largestGroup: device.largestGroup),
      options: options)
  }

  /// Opens a device with kernels shaped for either kind, so that tests reach both.
  init(
    _ device: OpenCLDevice, shape: WorkShape, options: OpenCLOptions = .isolated,
    forcing method: MatmulMethod? = nil
  ) throws(BackendError) {
    self.device = device.description
    self.shape = shape
    precision = options.precision
    if !options.emulatesTensorCores { try device.check(precision) }
    warn = options.warn
    queue = try CommandQueue(device, profile: options.profile, timeout: options.deviceTimeout)
    kernels = KernelLibrary(queue, cache: KernelCache(options, device.description))
    scratch = Scratch(queue)
    clblast = try CLBlastMatmul(queue, scratch)
    planner = MatmulPlanner(
      shape: shape, computeUnits: max(1, device.description.computeUnits),
      packs: device.description.platform == Platform.pocl,
      localMemory: device.usableLocalMemory, largestGroup: device.largestGroup,
      clock: device.description.clock,
      isNVIDIA: device.description.platform == Platform.nvidia,
      precision: precision,
      tensorCores: options.emulatesTensorCores ? .emulated : device.tensorCores)
    forcedMethod = method
    ledger = TrialLedger(options, device.description)
    ratesCache = options.keepsTrials ? options.cache : nil
    trialHost = options.trialProgram.map { TrialHost($0, device.description, options) }
    ahead.makeHost = options.trialProgram.map { program in
      { TrialHost(program, device.description, options) }
    }
    if options.triesDevice { try beginDeviceTrial() }
    if options.usesPlan, let cache = options.cache {
      choice.plan = MatmulPlan.load(
        for: device.description, precision: precision, from: cache, warn: warn)
    }
  }

  deinit {
    if !queue.isLost { try? enqueueHeldSteps() }
  }

  /// Seconds spent in compilers and in checks of kernels so far.
  public var buildSeconds: Double { kernels.buildSeconds + choice.seconds }

  /// The plan in use, and how many of the products asked for so far it decided.
  public var planUse: (file: String, products: Int)? {
    choice.plan.map { ($0.file, choice.chosen.count { $0.value.isPlanned }) }
  }

  // MARK: Memory

  /// Allocates zeros, and waits until the device has really found the memory.
  public func makeBuffer(byteCount: Int) throws(BackendError) -> DeviceBuffer {
    try DeviceBuffer(byteCount: byteCount, queue: queue)
  }

  /// Copies from the host. Returns when `bytes` has been read, hence waits for earlier commands.
  public func write(
    _ bytes: RawSpan, to buffer: DeviceBuffer, at offset: Int
  ) throws(BackendError) {
    precondition(offset >= 0 && offset + bytes.byteCount <= buffer.byteCount)
    if bytes.isEmpty { return }
    try enqueueHeldSteps()
    try queue.wait()
    let handle = try queue.handle
    let status = bytes.withUnsafeBytes {
      clEnqueueWriteBuffer(
        handle, buffer.memory, cl_bool(CL_TRUE), offset, $0.count, $0.baseAddress, 0, nil, nil)
    }
    try queue.checkCommand(status, "clEnqueueWriteBuffer")
  }

  /// Copies to the host, after waiting for earlier commands.
  public func read(
    _ buffer: DeviceBuffer, at offset: Int, into bytes: inout MutableRawSpan
  ) throws(BackendError) {
    precondition(offset >= 0 && offset + bytes.byteCount <= buffer.byteCount)
    if bytes.isEmpty { return }
    try finishDeviceTrial()
    try enqueueHeldSteps()
    try queue.wait()
    let handle = try queue.handle
    let status = bytes.withUnsafeMutableBytes {
      clEnqueueReadBuffer(
        handle, buffer.memory, cl_bool(CL_TRUE), offset, $0.count, $0.baseAddress, 0, nil, nil)
    }
    try queue.checkCommand(status, "clEnqueueReadBuffer")
  }

  // MARK: Order

  /// A point in the order of operations.
  public final class Mark {
    let event: cl_event
    private let queue: CommandQueue

    init(_ event: cl_event, _ queue: CommandQueue) {
      self.event = event
      self.queue = queue
    }

    deinit {
      if !queue.isLost { clReleaseEvent(event) }
    }
  }

  /// Waits until the queue is empty.
  public func synchronize() throws(BackendError) {
    try enqueueHeldSteps()
    try queue.finish()
  }

  /// A marker at the end of the queue, which the device then starts on.
  public func mark() throws(BackendError) -> Mark {
    try enqueueHeldSteps()
    let mark = Mark(try queue.marker(), queue)
    try queue.checkCommand(clFlush(try queue.handle), "clFlush")
    return mark
  }

  /// Waits until the device has reached `mark`.
  public func wait(for mark: Mark) throws(BackendError) {
    try queue.wait(for: mark.event)
  }

  // MARK: Lists

  /// A prepared list: its commands.
  public final class Prepared: PreparedOperations {
    let commands: [Command]
    /// The stages that its commands compute.
    public let stages: [PreparedStage]
    /// The estimates that decided.
    public let remarks: [String]
    /// The kernel that takes several runs in a launch, where it is all of the list.
    fileprivate let steps: StepsLaunch?

    init(_ commands: [Command], stages: [PreparedStage], remarks: [String] = []) {
      self.commands = commands
      self.remarks = remarks
      self.stages = stages
      steps = if commands.count == 1, case .steps(let steps) = commands[0] { steps } else { nil }
    }
  }

  /// Fuses operations, compiles kernels and sets their arguments.
  ///
  /// Some drivers, such as PoCL, still finish their compilation at the first run.
  public func prepare(
    _ operations: [Operation<OpenCLBackend>]
  ) throws(BackendError) -> Prepared {
    estimate = nil
    let items = try planned(operations)
    let encoder = makeEncoder()
    var stages: [PreparedStage] = []
    for (item, phase) in zip(items, phases(of: items.map(\.item))) {
      let start = encoder.commands.count
      try encode(item.item, by: item.method, with: encoder)
      stages.append(stage(item, phase, encoder.commands[start...]))
    }
    try finishDeviceTrial()
    return Prepared(
      encoder.commands, stages: stages, remarks: estimate.map { [$0.text] } ?? [])
  }

  /// Enqueues a prepared list, after setting the arguments that changed since its last run.
  public func run(_ prepared: Prepared, with arguments: StepArguments) throws(BackendError) {
    if let steps = prepared.steps {
      return try hold(steps) { steps.add(arguments) }
    }
    try enqueueHeldSteps()
    for command in prepared.commands { try command.enqueue(with: arguments) }
  }

  /// Adds steps to those that wait for others.
  func hold(_ steps: some HeldSteps, _ add: () -> Void) throws(BackendError) {
    if held !== steps { try enqueueHeldSteps() }
    held = steps
    add()
    if steps.isFull { try enqueueHeldSteps() }
  }

  /// Enqueues steps that wait for others. Whatever looks at the queue comes after that.
  private func enqueueHeldSteps() throws(BackendError) {
    guard let steps = held else { return }
    held = nil
    try steps.enqueue()
  }

  func makeEncoder() -> CommandEncoder {
    let encoder = CommandEncoder(device, queue, kernels, shape, scratch)
    encoder.tensorCores = planner.tensorCores
    encoder.noteKernel = noteKernel
    return encoder
  }
}
