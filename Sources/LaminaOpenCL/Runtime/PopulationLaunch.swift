import COpenCL
import Lamina

/// A kernel that takes several steps of several networks in one launch: steps wait here until there
/// are enough of them, or anything else is asked of the queue.
final class PopulationLaunch: HeldSteps {
  private let launch: Launch
  private let queue: CommandQueue
  /// The values of each network's steps.
  private let values: [StepValues]
  /// The memory of the device that the kernel reads the values from.
  private let buffer: DeviceBuffer
  /// Those of the steps that wait.
  private var words: [UInt32]
  /// The values on their way to the device: while one launch's are copied, the next one's may come.
  private var staging: [Staging]
  private var count = 0
  private let capacity: Int
  private var wordsOfStep: Int { values.count * values[0].count }

  /// The most steps of a launch, and the most bytes that their values should take.
  private static let (mostSteps, mostBytes) = (64, 256 << 10)
  /// The place of the kernel's argument that counts steps.
  private static let countArgument: cl_uint = 0

  /// - Parameters:
  ///   - kernel: Its arguments are the number of steps, `numbers`, the values, and `operands`.
  ///   - values: Those of each network: all have as many words.
  ///   - groupSize: The work-items of a network's group.
  ///   - profiled: The entry of a step of all networks.
  init(
    _ kernel: consuming Kernel, _ values: [StepValues], numbers: DeviceBuffer,
    operands: [KernelArgument], groupSize: Int, _ profiled: Profile.Work,
    on backend: OpenCLBackend
  ) throws(BackendError) {
    self.values = values
    queue = backend.queue
    let words = max(1, values.count * values[0].count)
    capacity = max(1, min(Self.mostSteps, Self.mostBytes / 4 / words))
    buffer = try backend.makeBuffer(byteCount: capacity * words * 4)
    self.words = [UInt32](repeating: 0, count: capacity * words)
    staging = [Staging(words: capacity * words, queue), Staging(words: capacity * words, queue)]
    launch = try Launch(
      queue, kernel, [.count(0), .buffer(numbers), .buffer(buffer)] + operands,
      work: WorkSize(global: (values.count * groupSize, 1), local: (groupSize, 1)),
      profiled: queue.events == nil ? nil : profiled)
  }

  var isFull: Bool { count == capacity }

  /// Takes a step with the values of each network, which then waits for ``enqueue()``.
  func add(_ arguments: some Collection<StepArguments>) {
    var place = count * wordsOfStep
    for (values, arguments) in zip(values, arguments) {
      values.write(arguments, to: &words, at: place)
      place += values.count
    }
    count += 1
  }

  func enqueue() throws(BackendError) {
    if count == 0 { return }
    let steps = count
    count = 0
    if wordsOfStep > 0 {
      try staging[0].copy(words[..<(steps * wordsOfStep)], to: buffer)
      staging.swapAt(0, 1)
    }
    try launch.set(Self.countArgument, to: [UInt32(steps)])
    try launch.enqueue(repeating: steps)
  }
}

/// Words on their way to the device, which the driver may read until they are copied.
private final class Staging {
  private let words: UnsafeMutablePointer<UInt32>
  private let queue: CommandQueue
  private var copied: cl_event?

  init(words count: Int, _ queue: CommandQueue) {
    words = .allocate(capacity: count)
    self.queue = queue
  }

  deinit {
    // After a loss the driver's state is unknown: it may still read the memory.
    if queue.isLost { return }
    if copied != nil { try? wait() }
    if !queue.isLost { words.deallocate() }
  }

  /// Enqueues a copy of words to a buffer, after the last copy from here is done.
  func copy(_ values: ArraySlice<UInt32>, to buffer: DeviceBuffer) throws(BackendError) {
    try wait()
    values.withUnsafeBufferPointer { values in
      if let first = values.baseAddress { words.update(from: first, count: values.count) }
    }
    let handle = try queue.handle
    let status = clEnqueueWriteBuffer(
      handle, buffer.memory, cl_bool(CL_FALSE), 0, values.count * 4, words, 0, nil, &copied)
    try queue.checkCommand(status, "clEnqueueWriteBuffer")
  }

  private func wait() throws(BackendError) {
    guard let event = copied else { return }
    copied = nil
    defer { if !queue.isLost { clReleaseEvent(event) } }
    try queue.wait(for: event)
  }
}
