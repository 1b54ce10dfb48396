import Lamina

/// The methods for the products of a backend: those of a plan, or the usual ones, as far as
/// they compute right.
///
/// Each method is checked before its first use, with a small product of the same kind, so that
/// wrong kernels are found before they train anything. A check takes less than a millisecond beside
/// the compilation, which is due anyway.
struct MatmulChoice {
  /// The measured methods; nil without a plan.
  var plan: MatmulPlan?
  /// The method of each product that was asked for, and whether it comes from the plan.
  fileprivate(set) var chosen: [ProductShape: (method: MatmulMethod, isPlanned: Bool)] = [:]
  /// Seconds that checks took, and the compilers that they waited for.
  var seconds = 0.0
}

extension OpenCLBackend {
  /// The method for a product: the plan's, or the usual one, or any other that computes right.
  ///
  /// - Throws: `wrongResult` when no method does.
  func method(for product: MatrixProduct) throws(BackendError) -> MatmulMethod {
    if let forcedMethod, planner.canUse(forcedMethod, for: product) { return forcedMethod }
    if skipsTrials { return planner.method(for: product) }
    let (planned, usual, candidates) = methods(for: product)
    let preferred = [planned, usual, .clblast].compactMap { $0 }
    let method = try firstRight(of: preferred + candidates, for: product)
    choice.chosen[product.key] = (method, method == planned)
    return method
  }

  /// The result of ``method(for:)`` if that computes right: noted as chosen, for callers that check
  /// it in a kernel of their own.
  func presumedMethod(for product: MatrixProduct) -> MatmulMethod {
    if let forcedMethod, planner.canUse(forcedMethod, for: product) { return forcedMethod }
    let (planned, usual, _) = methods(for: product)
    choice.chosen[product.key] = (planned ?? usual, planned != nil)
    return planned ?? usual
  }

  private func methods(
    for product: MatrixProduct
  ) -> (planned: MatmulMethod?, usual: MatmulMethod, candidates: [MatmulMethod]) {
    let usual = planner.method(for: product)
    let candidates = MatmulMethod.candidates(for: product.key, on: shape, in: precision)
    let planned = choice.plan?.method(for: product.key, among: [usual] + candidates)
    return (planned, usual, candidates)
  }

  /// The first method that computes right. A wrong one before it is worth a warning.
  func firstRight(
    of methods: [MatmulMethod], for product: MatrixProduct
  ) throws(BackendError) -> MatmulMethod {
    var problem: (method: MatmulMethod, reason: String, isNew: Bool)?
    for method in methods where planner.canUse(method, for: product) {
      let trial = try self.trial(of: method, for: product)
      let isNew = verdicts[trial] == nil && !ahead.isSurvey
      guard let reason = try verdict(on: trial) else {
        if let problem, problem.isNew {
          warn("\(problem.reason); \(method.name) takes the place of \(problem.method.name)")
        }
        return method
      }
      if problem == nil { problem = (method, reason, isNew) }
    }
    throw .noRightKernel(
      operation: "\(product.key)", device: device.name,
      reason: problem?.reason ?? "no method supports it")
  }

  /// A small product of the same kind by a method, with its epilogue.
  private func trial(
    of method: MatmulMethod, for product: MatrixProduct
  ) throws(BackendError) -> KernelTrial {
    let shape = product.key
    let small = shape.reduced(for: method)
    let sketch = try sketch(product.operations) { size in
      // The same number may be several sizes.
      let fitting = [
        (shape.rows, small.rows), (shape.columns, small.columns), (shape.depth, small.depth),
      ].filter { $0.0 == size }
      return fitting.map(\.1).max() ?? size
    }
    return .operations(
      OperationTrial(
        name: "a product (\(small), by \(method.name))", rule: nil, method: method.name,
        usesDirectKernel: clblast.parameters(of: method)?.takesDirectKernel(shape),
        sketch: sketch, batches: 1))
  }
}

extension CommandEncoder {
  /// The number of work-items that a group of the compiled kernel may have, where that is too few:
  /// it can be less than the device allows to any.
  func groupLimit(
    of method: MatmulMethod, for product: MatrixProduct
  ) throws(BackendError) -> Int? {
    let limit: Int
    switch method {
    case .tiled(let tile, let parts):
      limit = try tiledKernel(for: product, tile, inParts: parts > 1)
        .largestGroup
    case .lanes(let rows, let vectors, let lanes):
      limit = try lanesKernel(for: product, LaneTile(rows: rows, vectors: vectors, lanes: lanes))
        .largestGroup
    case .tensor(let size, let precision, let parts):
      guard let tile = TensorTile(size: size, precision) else { return nil }
      limit = try tensorKernel(for: product, tile, inParts: parts > 1).largestGroup
    default: return nil
    }
    return limit < method.groupSize ? limit : nil
  }
}

extension CLBlastMatmul {
  /// The parameters for a method; nil for other methods.
  func parameters(of method: MatmulMethod) -> CLBlastParameters? {
    switch method {
    case .clblast: parameters(nil)
    case .tunedCLBlast(let variant): parameters(variant)
    default: nil
    }
  }
}
