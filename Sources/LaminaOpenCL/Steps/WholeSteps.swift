import Lamina

/// The whole of a list as one kernel, which takes many runs of it in a launch.
///
/// Between launches the threads of a processor sleep, and waking them takes longer than a small
/// network's products. Here each group is a worker: it claims one task after the other, in an order
/// in which every task comes after those that it needs.
struct WholeSteps {
  let phases: StepPhases
  /// Bytes of the factors of all products that are the same for all rows of a batch.
  let weightBytes: Int
  /// The products, for profiles.
  let profiled: [Profile.Work]

  /// Nil where an operation has no device function, or there are too many operands for a launch.
  init?(_ operations: [Operation<OpenCLBackend>], _ calls: StepCalls) {
    guard let phases = StepPhases(operations, calls), !phases.phases.isEmpty else { return nil }
    self.phases = phases
    let products = operations.compactMap { operation in
      if case .matmul(let product) = operation { product } else { nil }
    }
    weightBytes = products.reduce(0) { sum, product in
      product.a.isTransposed || product.b.isTransposed ? sum : sum + product.b.memory.count * 4
    }
    profiled = products.map {
      .product("", rows: $0.c.rows, columns: $0.c.columns, depth: $0.depth)
    }
    guard program(StepTasks(phases, groups: 1, weightBytes: weightBytes)) != nil else { return nil }
  }

  /// The kernel with its arguments.
  fileprivate func program(_ tasks: StepTasks) -> StepProgram? { StepProgram(phases, tasks) }
}

extension OpenCLBackend {
  /// The device functions of this device's steps.
  var stepCalls: StepCalls {
    StepCalls(
      operations: KernelCalls(device: device, shape: shape), localMemory: planner.localMemory)
  }

  /// Adds the kernel of whole steps, whose runs wait for others to go with them.
  ///
  /// - Parameter groups: The number of groups; nil for as many as can be busy at a time.
  func encode(
    _ steps: WholeSteps, with encoder: CommandEncoder, groups: Int? = nil
  ) throws(BackendError) {
    let units = planner.computeUnits
    let tasks = StepTasks(steps.phases, groups: groups ?? units, weightBytes: steps.weightBytes)
    guard let program = steps.program(tasks) else {
      preconditionFailure("whole steps are made of lists that a launch takes")
    }
    let groups = groups ?? min(units, tasks.phases.map(\.count).max() ?? 1)
    let numbers = try makeBuffer(byteCount: program.numbers.count * 4)
    try write(program.numbers.span.bytes, to: numbers, at: 0)
    let counters = try makeBuffer(byteCount: program.counters * 64)
    encoder.products = steps.profiled
    defer { encoder.products = [] }
    // `restrict` makes these steps no faster, and compilers keep long lists for it.
    let kernel = try kernels.kernel(
      "whole_steps", in: "steps/whole_steps", files: [.tasks],
      macros: ["WIDTH=\(shape.width)", "LANES=1", "ROW_LANES=1", "COLUMN_LANES=1"],
      text: "#define restrict\n" + program.functions.text + program.text, language: "CL3.0")
    try encoder.addSteps(
      kernel,
      [
        .steps(program.values), .buffer(counters), .buffer(numbers),
        .local(max(64, program.localBytes)),
      ] + program.buffers, program.values, WorkSize(global: (groups, 1), local: (1, 1)))
  }
}
