import Lamina

/// Which methods compute the products of a backend: those of a plan, or the usual ones, as far as
/// they compute right.
///
/// Each method is checked before its first use, with a small product of the same kind, so that
/// wrong kernels are found before they train anything. A check takes less than a millisecond beside
/// the compilation, which is due anyway.
struct MatmulChoice {
  /// What must be checked on its own: what a compiler may get right for one and wrong for another.
  struct Variant: Hashable {
    let method: MatmulMethod
    let trial: ProductShape
    let activation: Activation?
    /// Which of CLBlast's kernels; nil for others.
    let usesDirectKernel: Bool?
  }

  /// The measured methods; nil without a plan.
  var plan: MatmulPlan?
  /// What the check of each variant said; nil for right ones.
  fileprivate(set) var verdicts: [Variant: BackendError?] = [:]
  /// The method of each product that was asked for, and whether it comes from the plan.
  fileprivate(set) var chosen: [ProductShape: (method: MatmulMethod, isPlanned: Bool)] = [:]
  /// Seconds that checks took, and the compilers that they waited for.
  fileprivate(set) var seconds = 0.0
}

extension OpenCLBackend {
  /// The method for a product: the plan's, or the usual one, or any other that computes right.
  ///
  /// - Throws: `wrongResult` when no method does.
  func method(for product: MatrixProduct) throws(BackendError) -> MatmulMethod {
    if let forcedMethod, forcedMethod.supports(product, on: shape) { return forcedMethod }
    let (planned, usual, candidates) = methods(for: product)
    let preferred = [planned, usual, .clblast].compactMap { $0 }
    let method = try firstRight(of: preferred + candidates, for: product)
    choice.chosen[product.key] = (method, method == planned)
    return method
  }

  /// What ``method(for:)`` is where that computes right: noted as chosen, for callers that check it
  /// in a kernel of their own.
  func presumedMethod(for product: MatrixProduct) -> MatmulMethod {
    if let forcedMethod, forcedMethod.supports(product, on: shape) { return forcedMethod }
    let (planned, usual, _) = methods(for: product)
    choice.chosen[product.key] = (planned ?? usual, planned != nil)
    return planned ?? usual
  }

  private func methods(
    for product: MatrixProduct
  ) -> (planned: MatmulMethod?, usual: MatmulMethod, candidates: [MatmulMethod]) {
    let usual = planner.method(for: product)
    let candidates = MatmulMethod.candidates(for: product.key, on: shape)
    let planned = choice.plan?.method(for: product.key, among: [usual] + candidates)
    return (planned, usual, candidates)
  }

  /// The first method that computes right. A wrong one before it is worth a warning.
  func firstRight(
    of methods: [MatmulMethod], for product: MatrixProduct
  ) throws(BackendError) -> MatmulMethod {
    var problem: (method: MatmulMethod, error: BackendError, isNew: Bool)?
    for method in methods where planner.canUse(method, for: product) {
      let isNew = choice.verdicts[variant(of: method, for: product)] == nil
      guard let error = try verdict(on: method, for: product) else {
        if let problem, problem.isNew {
          warn("\(problem.error); \(method.name) takes the place of \(problem.method.name)")
        }
        return method
      }
      if problem == nil { problem = (method, error, isNew) }
    }
    throw problem?.error ?? queue.failure("\(product.key)", "no method for it")
  }

  /// What the check of a method says, which is made at its first use; nil for a right one.
  private func verdict(
    on method: MatmulMethod, for product: MatrixProduct
  ) throws(BackendError) -> BackendError? {
    let variant = variant(of: method, for: product)
    if let known = choice.verdicts[variant] { return known }
    let verdict = try checking { () throws(BackendError) in try check(variant) }
    choice.verdicts[variant] = .some(verdict)
    return verdict
  }

  /// Runs a check at once, and counts its seconds but for those in compilers.
  func checking<Verdict>(
    _ check: () throws(BackendError) -> Verdict
  ) throws(BackendError) -> Verdict {
    let start = ContinuousClock.now
    let buildBefore = kernels.buildSeconds
    let verdict = try withoutRecording(check)
    choice.seconds +=
      (ContinuousClock.now - start) / .seconds(1) - (kernels.buildSeconds - buildBefore)
    return verdict
  }

  private func variant(
    of method: MatmulMethod, for product: MatrixProduct
  ) -> MatmulChoice.Variant {
    let shape = product.key
    let direct = clblastParameters(of: method)?.takesDirectKernel(shape)
    return MatmulChoice.Variant(
      method: method, trial: shape.reduced(for: method), activation: product.epilogue.activation,
      usesDirectKernel: direct)
  }

  /// Computes a small product by the method and compares. Failures to compile are verdicts too;
  /// other failures say that the device is in trouble.
  private func check(_ variant: MatmulChoice.Variant) throws(BackendError) -> BackendError? {
    let trial = try ProductTrial(variant.trial, variant.activation ?? .identity, on: self)
    let wrong: (expected: Float, actual: Float)?
    do throws(BackendError) {
      if let limit = try groupLimit(of: variant.method, for: trial.product) {
        return queue.failure(
          variant.method.name,
          "\(limit) of \(variant.method.groupSize) work-items a group")
      }
      wrong = try trial.mismatch { () throws(BackendError) in
        if let parameters = clblastParameters(of: variant.method),
          let direct = variant.usesDirectKernel
        {
          try trial.enqueueByCLBlast(parameters.forcing(directKernel: direct))
        } else {
          try trial.enqueue(by: variant.method)
        }
      }
    } catch .kernelBuild(let kernel, let device, let log) {
      return .kernelBuild(kernel: kernel, device: device, log: log)
    }
    return wrong.map {
      .wrongResult(
        operation: "a product (\(variant.trial), by \(variant.method.name))",
        device: device.name, expected: $0.expected, actual: $0.actual)
    }
  }

  /// How many work-items a group of the compiled kernel may have, where that is too few: it can be
  /// less than the device allows to any.
  private func groupLimit(
    of method: MatmulMethod, for product: MatrixProduct
  ) throws(BackendError) -> Int? {
    let limit: Int
    switch method {
    case .tiled(let size, let parts):
      guard let tile = Tile.of(size: size) else { return nil }
      limit = try tiledKernel(for: product, tile, inParts: parts > 1)
        .largestGroup(on: queue.device)
    case .lanes(let rows, let vectors, let lanes):
      limit = try lanesKernel(for: product, LaneTile(rows: rows, vectors: vectors, lanes: lanes))
        .largestGroup(on: queue.device)
    default: return nil
    }
    return limit < method.groupSize ? limit : nil
  }

  /// The parameters of CLBlast for a method; nil for other methods.
  private func clblastParameters(of method: MatmulMethod) -> CLBlastParameters? {
    switch method {
    case .clblast: clblast.parameters(nil)
    case .tunedCLBlast(let variant): clblast.parameters(variant)
    default: nil
    }
  }
}
