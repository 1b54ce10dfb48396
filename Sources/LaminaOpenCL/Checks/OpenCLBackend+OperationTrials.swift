import Lamina
import LaminaReference

/// The computation and comparison of the operations of a trial.
extension OpenCLBackend {
  /// The first wrong number that a kernel makes of small operations.
  func mismatch(
    of trial: OperationTrial
  ) throws(BackendError) -> (expected: Float, actual: Float)? {
    // The second batch begins further on, with another rate.
    let runs = [
      StepArguments(), StepArguments(firstIndex: 2, step: 2, learningRateFactor: 0.5),
    ].prefix(trial.batches)
    do {
      let list = try ListTrial(trial.sketch, on: self, runs: Array(runs))
      if trial.rule == Population.name { return try mismatchOfPopulation(list, trial.name) }
      let prepared = try prepare(trial, list.operations)
      let mismatch = try list.mismatch { arguments in try run(prepared, with: arguments) }
      if mismatch == nil, trial.rule == WholeStepsRule().name { try meetOnce() }
      return mismatch
    } catch let error as BackendError {
      throw error
    } catch {
      throw queue.failure(trial.name, "\(error)")
    }
  }

  private func mismatchOfPopulation(
    _ list: ListTrial<OpenCLBackend>, _ name: String
  ) throws -> (expected: Float, actual: Float)? {
    guard let groups = separateGroups, let steps = try together([list.operations], by: groups)
    else { throw queue.failure(name, "operations that the kernel does not fit") }
    return try list.mismatch { arguments in try run(steps, with: [arguments]) }
  }

  /// Lets all groups of a GPU wait for all, which those of a small list may not do: the place for
  /// groups that never come to each other to be found out is here.
  private func meetOnce() throws(BackendError) {
    guard let groups = stepGroups, groups.size > 1 else { return }
    _ = try RateMeasurement(self, groups).rates()
  }

  /// Prepares the list of a trial, without regard to the planner's choice.
  private func prepare(
    _ trial: OperationTrial, _ operations: [Operation<OpenCLBackend>]
  ) throws(BackendError) -> Prepared {
    let method = trial.method.flatMap(MatmulMethod.init(name:))
    let encoder = makeEncoder()
    switch try form(of: trial, operations, method) {
    case .product(let product):
      guard let method else { throw queue.failure(trial.method ?? trial.name, "no such method") }
      if let limit = try encoder.groupLimit(of: method, for: product) {
        throw queue.failure(method.name, "\(limit) of \(method.groupSize) work-items a group")
      }
      if let parameters = clblast.parameters(of: method), let direct = trial.usesDirectKernel {
        try encoder.encode(product, by: clblast, parameters.forcing(directKernel: direct))
      } else {
        try encoder.encode(product, by: method, clblast)
      }
    case let fused: try encode(fused, with: encoder)
    }
    return Prepared(encoder.commands, stages: [])
  }

  private func form(
    of trial: OperationTrial, _ operations: [Operation<OpenCLBackend>], _ method: MatmulMethod?
  ) throws(BackendError) -> FusedKernel {
    if trial.rule == nil, let product = MatrixProduct(operations) { return .product(product) }
    if trial.rule == GradientUpdateRule.jointName, let method,
      let joint = JointUpdate(operations, by: method)
    {
      return .jointUpdate(joint)
    }
    if trial.rule == WholeStepsRule().name,
      let form = WholeStepsRule().form(of: operations, tiled: Set(trial.tiled), on: self)
    {
      return form
    }
    guard let rule = Self.rules.first(where: { $0.name == trial.rule }),
      let form = rule.form(of: operations, on: self)
    else { throw queue.failure(trial.name, "operations that the rule does not fit") }
    return form
  }
}

extension MatrixProduct {
  /// The product that operations are, with its epilogue; nil if they are none.
  init?(_ operations: [Operation<OpenCLBackend>]) {
    if let pair = ActivationRule().product(of: operations)
      ?? DerivativeRule().product(of: operations)
    {
      self = pair
    } else if operations.count == 1, case .matmul(let product) = operations[0] {
      self.init(product)
    } else if let updates = GradientUpdates(operations), updates.layers.count == 1 {
      self = updates.layers[0].product
    } else {
      return nil
    }
  }

  /// A product and nothing else.
  init(_ product: Operation<OpenCLBackend>.Matmul) {
    self.init(
      a: product.a, b: product.b, c: product.c,
      epilogue: .plain(alpha: product.alpha, beta: product.beta))
  }

  /// The plain operations that it stands for.
  var operations: [Operation<OpenCLBackend>] {
    switch epilogue {
    case .plain(let alpha, let beta): [.matmul(a, b, alpha: alpha, beta: beta, into: c)]
    case .activation(let activation, let bias):
      [.matmul(a, b, into: c), .activation(activation, of: c, bias: bias, into: c)]
    case .derivative(let activation, let output):
      [.matmul(a, b, into: c), .activationDelta(activation, saved: output, on: c)]
    case .update(let update):
      [.matmul(a, b, beta: update.momentum, into: c)] + update.operationsAfterProduct
    }
  }
}
