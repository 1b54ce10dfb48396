import CKernelSources
import COpenCL
public import Lamina

/// Trains on an OpenCL device: kernels of its own, and matrix products by CLBlast where it is faster.
///
/// Kernels are compiled when they are first asked for, which takes seconds when neither the driver
/// nor ``CacheFolder`` has them. Each way to compute a product is checked against the host before
/// its first use.
public final class OpenCLBackend: Backend {
  /// The device, for reports.
  public let device: DeviceDescription
  /// A cache line, in bytes: the widest vector that kernels read.
  public let viewAlignment = 64

  let queue: CommandQueue
  let kernels: KernelLibrary
  let shape: WorkShape
  let clblast: CLBlastMatmul
  let scratch: Scratch
  let planner: MatmulPlanner
  let warn: (String) -> Void
  var choice = MatmulChoice()
  /// What is wrong with each kernel that was tried; nil for right ones.
  var verdicts: [KernelTrial: String?] = [:]
  /// Where verdicts outlive the process; nil where they do not.
  let ledger: TrialLedger?
  /// Tries kernels in a process of its own; nil where this one does it.
  let trialHost: TrialHost?
  /// Tries kernels that are asked for later, beside ``trialHost``; see ``anticipate(_:)``.
  var ahead = AnticipatedTrials()
  /// Whether ``trialHost`` is about to find out if the device can be trusted at all.
  var triesDevice = false
  /// What tests want computed by, where it supports the product.
  var forcedMethod: MatmulMethod?
  /// Whether kernels are used as they are, right or wrong: a check wants to see what they compute.
  var skipsTrials = false
  /// Takes the name of each kernel that is performed or recorded.
  var noteKernel: ((String) -> Void)?
  private var recording: [Command]?
  /// The products whose kernels are being performed, for profiles.
  var products: [MatrixProduct] = []

  /// Opens a device.
  ///
  /// Operations throw ``BackendError/wrongResult(operation:device:expected:actual:)`` when no way to
  /// compute a product is right.
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
    warn = options.warn
    queue = try CommandQueue(device, profile: options.profile, timeout: options.deviceTimeout)
    kernels = KernelLibrary(queue, cache: KernelCache(options, device.description))
    scratch = Scratch(queue)
    clblast = try CLBlastMatmul(queue, scratch)
    planner = MatmulPlanner(
      shape: shape, computeUnits: max(1, device.description.computeUnits),
      packs: device.description.platform == Platform.pocl,
      localMemory: device.usableLocalMemory, largestGroup: device.largestGroup)
    forcedMethod = method
    ledger = TrialLedger(options, device.description)
    trialHost = options.trialProgram.map { TrialHost($0, device.description, options) }
    ahead.makeHost = options.trialProgram.map { program in
      { TrialHost(program, device.description, options) }
    }
    if options.triesDevice { try beginDeviceTrial() }
    if options.usesPlan, let cache = options.cache {
      choice.plan = MatmulPlan.load(for: device.description, from: cache, warn: warn)
    }
  }

  // Steps that are held back hold the queue.
  deinit {
    if !queue.isLost { try? queue.release() }
  }

  /// Seconds spent in compilers so far, and in the checks of what they made.
  public var buildSeconds: Double { kernels.buildSeconds + choice.seconds }

  /// The plan in use, and how many of the products asked for so far it decided.
  public var planUse: (file: String, products: Int)? {
    choice.plan.map { ($0.file, choice.chosen.count { $0.value.isPlanned }) }
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
  public func synchronize() throws(BackendError) { try queue.finish() }

  /// A marker at the end of the queue, which the device then starts on.
  public func mark() throws(BackendError) -> Mark {
    let mark = Mark(try queue.marker(), queue)
    try queue.checkCommand(clFlush(try queue.handle), "clFlush")
    return mark
  }

  /// Waits until the device has reached `mark`.
  public func wait(for mark: Mark) throws(BackendError) {
    try queue.wait(for: mark.event)
  }

  // MARK: Prepared sequences

  /// A recorded sequence of operations.
  public final class Prepared {
    let commands: [Command]

    /// How many commands a run enqueues: kernels, and products by CLBlast, some of which are
    /// several kernels. One that takes several runs in a launch counts in each.
    public var commandCount: Int { commands.count }

    init(_ commands: [Command]) { self.commands = commands }
  }

  /// Records a sequence. Kernels are compiled and their arguments set here.
  ///
  /// Some drivers, such as PoCL, still finish their compilation at the first run.
  public func prepare(
    _ operations: () throws(BackendError) -> Void
  ) throws(BackendError) -> Prepared {
    precondition(recording == nil, "a sequence is being recorded")
    recording = []
    defer { recording = nil }
    try operations()
    try finishDeviceTrial()
    return Prepared(recording ?? [])
  }

  /// Enqueues a recorded sequence, after setting the arguments that changed since its last run.
  public func run(_ prepared: Prepared, with arguments: StepArguments) throws(BackendError) {
    for command in prepared.commands { try command.enqueue(with: arguments) }
  }

  /// Runs `operations` at once, even where a sequence is being recorded.
  func withoutRecording<Result>(
    _ operations: () throws(BackendError) -> Result
  ) throws(BackendError) -> Result {
    let (interrupted, outer) = (recording, products)
    (recording, products) = (nil, [])
    try queue.pauseProfile(true)
    defer { (recording, products) = (interrupted, outer) }
    do throws(BackendError) {
      let result = try operations()
      try queue.pauseProfile(false)
      return result
    } catch {
      try? queue.pauseProfile(false)
      throw error
    }
  }

  /// Records a command, or runs it when nothing is being recorded.
  func perform(_ command: Command) throws(BackendError) {
    if ahead.isSurvey { return }
    noteKernel?(command.name)
    if recording == nil {
      try command.enqueue(with: StepArguments())
    } else {
      recording?.append(command)
    }
  }

  /// Performs a kernel on some work, in groups as large as both the device and the kernel allow.
  ///
  /// - Parameter bytes: What it reads and writes, where that is not all of its buffers.
  func perform(
    _ file: KernelFile, headers: [KernelFile] = [], macros: [String],
    _ arguments: [KernelArgument], _ work: Work, bytes: Int? = nil
  ) throws(BackendError) {
    if ahead.isSurvey { return }
    var shape = shape
    while true {
      let kernel = try kernels.kernel(
        file, headers: headers, macros: shape.macros(of: work) + macros)
      let size = shape.size(of: work)
      if size.groupSize > kernel.largestGroup, let smaller = shape.halved {
        shape = smaller
        continue
      }
      return try perform(kernel, arguments, size, bytes: bytes)
    }
  }

  /// Performs a kernel.
  ///
  /// - Parameter bytes: What it reads and writes, where that is not all of its buffers.
  func perform(
    _ file: KernelFile, headers: [KernelFile] = [], macros: [String],
    _ arguments: [KernelArgument], _ work: WorkSize, bytes: Int? = nil
  ) throws(BackendError) {
    if ahead.isSurvey { return }
    try perform(
      kernel(file, headers: headers, macros: macros), arguments, work, bytes: bytes)
  }

  /// Performs a kernel.
  func perform(
    _ kernel: consuming Kernel, _ arguments: [KernelArgument], _ work: WorkSize, bytes: Int? = nil
  ) throws(BackendError) {
    let profiled = profiled(kernel.name, arguments, bytes)
    try perform(.kernel(Launch(queue, kernel, arguments, work: work, profiled: profiled)))
  }

  /// Performs a kernel that takes several training steps at once.
  func performSteps(
    _ kernel: consuming Kernel, _ arguments: [KernelArgument], _ rule: SGD, _ work: WorkSize
  ) throws(BackendError) {
    let profiled = profiled(kernel.name, arguments, nil)
    let launch = try Launch(queue, kernel, arguments, work: work, profiled: profiled)
    try perform(.steps(StepsLaunch(launch, rule, queue)))
  }

  /// What a profile says of a kernel; nil where nothing is measured.
  private func profiled(
    _ name: String, _ arguments: [KernelArgument], _ bytes: Int?
  ) -> Profile.Work? {
    guard queue.events != nil else { return nil }
    // Parts of a product are added up by a kernel that multiplies nothing, and what CLBlast leaves
    // to do is no product either.
    let multiplies =
      name.hasPrefix("matmul") && name != "matmul_parts" || name.hasSuffix("_layer")
      || name == "dense_steps"
    if multiplies, !products.isEmpty { return products.profiled(name) }
    let buffers = Dictionary(
      arguments.compactMap(\.buffer).map { (ObjectIdentifier($0.buffer), $0.byteCount) },
      uniquingKeysWith: max)
    return .moving(name, bytes: bytes ?? buffers.values.reduce(0, +))
  }

  /// A new kernel object, compiled for the device's shape.
  func kernel(
    _ file: KernelFile, headers: [KernelFile] = [], macros: [String], lanes: Int? = nil
  ) throws(BackendError) -> Kernel {
    if ahead.isSurvey { throw AnticipatedTrials.end }
    return try kernels.kernel(
      file, headers: headers,
      macros: ["WIDTH=\(shape.width)", "LANES=\(lanes ?? shape.lanes)"] + macros)
  }
}
