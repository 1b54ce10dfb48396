import COpenCL
import Lamina

/// An argument of a kernel.
enum KernelArgument {
  /// An operand: two arguments, a buffer and where the operand starts there, `const uint` in the
  /// kernel, counted in numbers of so many bytes.
  case buffer(OpenCLBackend.Storage, numberBytes: Int = 4)
  /// Memory that a work-group shares, in bytes.
  case local(Int)
  /// Memory that a work-group shares, in bytes for each of its work-items.
  case localEach(Int)
  /// A size, `const uint` in the kernel.
  case count(Int)
  case float(Float)
  /// A `const uint` that is no size.
  case word(UInt32)
  /// Sizes and numbers as one structure: drivers such as PoCL allocate memory for every argument of
  /// every launch.
  case fields([Field])
  /// The structure of a ``StepsLaunch``.
  case steps
  /// A `const uint` that each step gives: where its batch begins.
  case firstIndex
  /// A `const uint` that each step gives: its number, counted from 1.
  case step
  /// A `const uint` that each step gives: the place of the first row in its batch.
  case rowOffset
  /// A float: this rate times the factor that each step gives.
  case learningRate(Float)
  /// A float that is computed for each step.
  case eachStep((StepArguments) -> Float)

  /// A member of a structure, of four bytes.
  enum Field {
    /// `uint` in the kernel.
    case count(Int)
    case float(Float)
  }

  var buffer: OpenCLBackend.Storage? {
    if case .buffer(let storage, _) = self { storage } else { nil }
  }

  /// How many arguments of the kernel it is.
  var count: Int {
    if case .buffer = self { 2 } else { 1 }
  }

  /// The bits of an argument that changes from step to step; nil for all others.
  func stepValue(_ step: StepArguments) -> UInt32? {
    switch self {
    case .buffer, .local, .localEach, .count, .float, .word, .fields, .steps: nil
    case .firstIndex: UInt32(step.firstIndex)
    case .step: UInt32(truncatingIfNeeded: step.step)
    case .rowOffset: UInt32(truncatingIfNeeded: step.rowOffset)
    case .learningRate(let rate): (rate * step.learningRateFactor).bitPattern
    case .eachStep(let value): value(step).bitPattern
    }
  }
}

/// A kernel object of its own with its arguments set, and the work to run it on.
final class Launch {
  private let queue: CommandQueue
  private let kernel: Kernel
  /// Kernel objects need not keep their buffers alive.
  private let buffers: [OpenCLBackend.Storage]
  /// The arguments that change from step to step, with the bits last set.
  private var stepArguments: [(index: cl_uint, argument: KernelArgument, bits: UInt32)] = []
  /// What a profile says of it; nil where nothing is measured.
  private let profiled: Profile.Work?
  /// Global size, then local size, of two dimensions each.
  private let sizes: UnsafeMutablePointer<Int>

  init(
    _ queue: CommandQueue, _ kernel: consuming Kernel, _ arguments: [KernelArgument],
    work: WorkSize, profiled: Profile.Work? = nil
  ) throws(BackendError) {
    var index: cl_uint = 0
    let limit = kernel.largestGroup
    guard work.groupSize <= limit else {
      throw queue.failure(
        kernel.name, "\(limit) of the \(work.groupSize) work-items that its groups need")
    }
    for argument in arguments {
      try kernel.set(index, to: argument, groupSize: work.groupSize)
      if let bits = argument.stepValue(StepArguments()) {
        stepArguments.append((index, argument, bits))
      }
      index += cl_uint(argument.count)
    }
    self.queue = queue
    self.kernel = kernel
    self.profiled = profiled
    buffers = arguments.compactMap(\.buffer)
    sizes = .allocate(capacity: 4)
    sizes[0] = work.global.x
    sizes[1] = work.global.y
    sizes[2] = work.local.x
    sizes[3] = work.local.y
  }

  deinit { sizes.deallocate() }

  /// The kernel's name.
  var name: String { kernel.name }

  func enqueue(with arguments: StepArguments) throws(BackendError) {
    for position in stepArguments.indices {
      let (index, argument, bits) = stepArguments[position]
      if let value = argument.stepValue(arguments), value != bits {
        try kernel.set(index, to: value)
        stepArguments[position].bits = value
      }
    }
    try enqueue()
  }

  /// Sets an argument that is a structure.
  func set(_ index: cl_uint, to fields: [UInt32]) throws(BackendError) {
    try kernel.set(index, to: fields)
  }

  /// Enqueues it with the arguments as they are.
  ///
  /// - Parameter count: How often it does the work that a profile is told of.
  func enqueue(repeating count: Int = 1) throws(BackendError) {
    let handle = try queue.handle
    guard let events = queue.events, let profiled else {
      return try check(
        clEnqueueNDRangeKernel(
          handle, kernel.handle, 2, nil, sizes, sizes + 2, 0, nil, nil))
    }
    var event: cl_event?
    try check(
      clEnqueueNDRangeKernel(
        handle, kernel.handle, 2, nil, sizes, sizes + 2, 0, nil, &event))
    if let event { try events.add(profiled, repeated: count, event, on: queue) }
  }

  private func check(_ status: cl_int) throws(BackendError) {
    queue.note(kernel.name)
    try queue.checkLaunch(status, "clEnqueueNDRangeKernel(\(kernel.name))")
  }
}
