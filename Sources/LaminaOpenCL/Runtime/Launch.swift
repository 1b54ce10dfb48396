import COpenCL
import Lamina

/// A kernel object of its own with its arguments set, and the work to run it on.
final class Launch {
  private let queue: CommandQueue
  private let kernel: Kernel
  /// Kernel objects need not keep their buffers alive.
  private let buffers: [DeviceBuffer]
  /// The arguments that change from step to step, with the bits last set.
  private var stepArguments: [(index: cl_uint, argument: KernelArgument, bits: UInt32)] = []
  /// Structures that are computed for each step, with the step of their last values.
  private var coefficients: [(index: cl_uint, rule: any OptimizerRule, step: Int, factor: Float)] =
    []
  /// The entry of a profile; nil where nothing is measured.
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
      } else if case .coefficients(let optimizer, _) = argument {
        let initial = StepArguments()
        coefficients.append((index, optimizer.rule, initial.step, initial.learningRateFactor))
      }
      index += cl_uint(argument.count)
    }
    self.queue = queue
    self.kernel = kernel
    self.profiled = profiled
    buffers = arguments.compactMap { argument in
      if case .memory(let buffer, _, _, _) = argument { buffer } else { nil }
    }
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
    for position in coefficients.indices {
      let (index, rule, step, factor) = coefficients[position]
      if step == arguments.step, factor == arguments.learningRateFactor { continue }
      try kernel.set(index, to: rule.coefficients(arguments))
      coefficients[position].step = arguments.step
      coefficients[position].factor = arguments.learningRateFactor
    }
    try enqueue()
  }

  /// Sets an argument that is a structure.
  func set(_ index: cl_uint, to fields: [UInt32]) throws(BackendError) {
    try kernel.set(index, to: fields)
  }

  /// Enqueues it with the arguments as they are.
  ///
  /// - Parameter count: The number of times that it does the work of the profile's entry.
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
