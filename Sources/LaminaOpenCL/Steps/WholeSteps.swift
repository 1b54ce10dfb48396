import Lamina

/// The whole of a list as one kernel, which takes many runs of it in a launch.
///
/// Launches cost some microseconds on GPUs, and on processors the threads sleep between launches:
/// both take longer than a small network's products. Here each group is a worker: it takes one task
/// after the other, in an order in which every task comes after those that it needs.
struct WholeSteps {
  let phases: StepPhases
  /// The groups of the launch.
  let groups: StepGroups
  /// Bytes of the factors of all products that are the same for all rows of a batch.
  private let weightBytes: Int
  /// The products, for profiles.
  let profiled: [Profile.Work]

  /// Nil where an operation has no device function, or there are too many operands for a launch.
  init?(_ operations: [Operation<OpenCLBackend>], _ calls: StepCalls) {
    guard let phases = StepPhases(operations, calls), !phases.phases.isEmpty else { return nil }
    self.phases = phases
    groups = calls.groups
    let products = operations.compactMap { operation in
      if case .matmul(let product) = operation { product } else { nil }
    }
    weightBytes = products.reduce(0) { sum, product in
      product.a.isTransposed || product.b.isTransposed ? sum : sum + product.b.memory.count * 4
    }
    profiled = operations.products
    guard program != nil else { return nil }
  }

  /// The tasks of its groups.
  var tasks: StepTasks { StepTasks(phases, groups, weightBytes: weightBytes) }

  /// The kernel with its arguments.
  var program: StepProgram? {
    StepProgram(phases, tasks, groups)
  }
}

extension OpenCLBackend {
  /// The device functions of this device's steps.
  ///
  /// - Parameter tiled: The places of products that go by tiles.
  func stepCalls(_ groups: StepGroups, tiled: Set<Int> = []) -> StepCalls {
    StepCalls(
      operations: KernelCalls(device: device, shape: shape), groups: groups,
      localMemory: planner.localMemory, tiled: tiled)
  }

  /// Adds the kernel of whole steps, whose runs wait for others to go with them.
  func encode(_ steps: WholeSteps, with encoder: CommandEncoder) throws(BackendError) {
    let groups = steps.groups
    guard let program = steps.program else {
      preconditionFailure("whole steps are made of lists that a launch takes")
    }
    let numbers = try makeBuffer(byteCount: program.calls.numbers.count * 4)
    try write(program.calls.numbers.span.bytes, to: numbers, at: 0)
    let counters = try makeBuffer(byteCount: program.counters * 64)
    encoder.products = steps.profiled
    defer { encoder.products = [] }
    let kernel = try kernels.kernel(
      "whole_steps", in: "steps/whole_steps", files: [.stepGroup, .tasks],
      macros: groups.macros(width: shape.width), text: program.calls.functions.text + program.text,
      language: groups.language, isOptimized: groups.size == 1 || !hasSlowBarriers)
    try encoder.addSteps(
      kernel,
      [
        .steps(program.calls.values), .buffer(counters), .buffer(numbers),
        .local(program.calls.localBytes),
      ] + program.calls.buffers, program.calls.values,
      WorkSize(
        global: (min(groups.count, program.mostTasks) * groups.size, 1), local: (groups.size, 1)))
  }
}
