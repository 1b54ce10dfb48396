public import Lamina

/// Measures every way to compute a product on a device.
public final class MatmulTuner {
  /// The result of measuring a product.
  public struct Result: Sendable {
    /// The entry for a plan.
    public var entry: MatmulPlan.Entry
    /// The name of the method without a plan.
    public var defaultMethod: String
    /// The number of measured methods.
    public var measured = 0
    /// Names of methods that gave wrong results or could not be used, each with the reason.
    public var refused: [(method: String, reason: String)] = []
    /// The number of methods that there was no time for.
    public var untried = 0
  }

  /// Compiles a method elsewhere, where it can be given up: called before the first use of methods
  /// whose compilation may take minutes. Returns why the method cannot be used, or nil.
  public typealias Precompile = (_ product: ProductShape, _ method: String) -> String?

  /// True if a kernel of its own trains the last layer of a network, so that its products are not
  /// those of a plan.
  public func hasOutputKernel(for network: NetworkDescription) -> Bool {
    guard let last = network.denseShapes.last else { return false }
    return backend.outputTile(network.loss, inputs: last.inputs, columns: last.outputs) != nil
  }

  /// True if a kernel takes whole steps of a network, which no plan changes. On GPUs it is known only
  /// when the steps are prepared, by an estimate of both ways.
  public func hasStepKernel(for network: NetworkDescription) -> Bool {
    backend.stepGroups?.size == 1
      && backend.isWorthWholeSteps(network.denseShapes.map { ($0.inputs, $0.outputs) })
  }

  let backend: OpenCLBackend
  /// The methods compiled elsewhere. CLBlast's kernels differ by transposition only.
  private var compiled: Set<Compilation> = []
  /// Methods that cannot be used, with the reasons.
  private var unusable: [MatmulMethod: String] = [:]

  private struct Compilation: Hashable {
    let method: MatmulMethod
    let transposesA, transposesB: Bool
  }

  /// Networks of other activations have products of the same speed.
  private static let activation = Activation.relu

  /// Opens a device.
  public convenience init(
    _ device: OpenCLDevice, options: OpenCLOptions
  ) throws(BackendError) {
    var options = options
    options.usesPlan = false
    self.init(try OpenCLBackend(device, options: options))
  }

  /// Measures on a backend without a plan.
  init(_ backend: OpenCLBackend) { self.backend = backend }

  /// Computes a product once by the method of this name, so that the driver keeps its program.
  ///
  /// - Throws: Where there is no such method for it, or it fails.
  public func compile(_ product: ProductShape, method name: String) throws(BackendError) {
    let trial = try TunedProduct(product, Self.activation, on: backend)
    let methods = MatmulMethod.candidates(for: product, on: backend.shape)
    guard let method = methods.first(where: { $0.name == name }),
      backend.planner.canUse(method, for: trial.product)
    else {
      throw .callFailed(call: name, status: "no such method", device: backend.device.name)
    }
    try backend.run(trial.prepare(by: method), with: StepArguments())
    try backend.synchronize()
  }

  /// Measures the methods for a product until all are done or the time is over. The one without a
  /// plan is always measured.
  ///
  /// - Parameters:
  ///   - product: The product.
  ///   - known: The result for the methods that compile fast; the slow ones come now. With nil, those
  ///     that compile fast.
  ///   - seconds: The time for all methods.
  ///   - precompile: See ``Precompile``.
  ///   - shouldStop: True ends the measurement early.
  /// - Throws: When no method can be used.
  public func tune(
    _ product: ProductShape, known: Result? = nil, seconds: Double, precompile: Precompile,
    shouldStop: () -> Bool = { false }
  ) throws(BackendError) -> Result {
    let end = ContinuousClock.now + .seconds(seconds)
    let trial = try TunedProduct(product, Self.activation, on: backend)
    let usual = backend.planner.method(for: trial.product)
    var refused = known?.refused ?? []
    var times: [(method: MatmulMethod, time: Double)] = []
    var untried = known?.untried ?? 0
    for method in candidates(for: trial, usual, known) {
      let isLate = ContinuousClock.now > end || shouldStop()
      if isLate && !times.isEmpty {
        untried += 1
        continue
      }
      let best = times.map(\.time).min() ?? .infinity
      switch try measure(method, trial, best: best, precompile) {
      case .time(let time): times.append((method, time))
      case .refused(let reason): refused.append((method.name, reason))
      }
    }
    guard let fastest = times.min(by: { $0.time < $1.time }) else {
      throw .callFailed(
        call: "\(product)", status: "no method that computes right", device: backend.device.name)
    }
    let entry = try duel(fastest, times.first { $0.method == usual }, trial, product)
    return Result(
      entry: entry, defaultMethod: usual.name, measured: times.count + (known?.measured ?? 0),
      refused: refused, untried: untried)
  }

  /// The usual method first, then the best one known, then the others of this round.
  private func candidates(
    for trial: TunedProduct, _ usual: MatmulMethod, _ known: Result?
  ) -> [MatmulMethod] {
    let key = trial.product.key
    let all = ranked(
      MatmulMethod.candidates(for: key, on: backend.shape, in: backend.precision), for: key
    ).filter { $0 != usual && backend.planner.canUse($0, for: trial.product) }
    let best = all.filter { $0.name == known?.entry.method && !$0.mayCompileSlowly }
    return [usual] + best + all.filter { $0.mayCompileSlowly == (known != nil) }
  }

  private enum Outcome {
    case time(Double)
    case refused(String)
  }

  /// Compiles, verifies, and only then measures.
  private func measure(
    _ method: MatmulMethod, _ trial: TunedProduct, best: Double, _ precompile: Precompile
  ) throws(BackendError) -> Outcome {
    if let reason = unusable[method] { return .refused(reason) }
    let key = trial.product.key
    let compilation = Compilation(
      method: method, transposesA: key.transposesA, transposesB: key.transposesB)
    if method.mayCompileSlowly, !compiled.contains(compilation) {
      if let reason = precompile(key, method.name) {
        unusable[method] = reason
        return .refused(reason)
      }
      compiled.insert(compilation)
    }
    do throws(BackendError) {
      if let mismatch = try trial.mismatch(by: method) {
        return .refused("wrong: \(mismatch.actual) instead of \(mismatch.expected)")
      }
      return .time(try time(method, trial, atMost: best))
    } catch .kernelBuild {
      return .refused("it does not compile")
    } catch .callFailed(let call, let status, _) {
      return .refused("\(call) failed with \(status)")
    }
  }

  /// Seconds a run: the median of some samples. Slow methods get few.
  private func time(
    _ method: MatmulMethod, _ trial: TunedProduct, atMost best: Double, samples: Int = 7
  ) throws(BackendError) -> Double {
    let prepared = try trial.prepare(by: method)
    func sample(_ runs: Int) throws(BackendError) -> Double {
      let start = ContinuousClock.now
      for _ in 0..<runs { try backend.run(prepared, with: StepArguments()) }
      try backend.synchronize()
      return (ContinuousClock.now - start) / .seconds(1) / Double(runs)
    }
    _ = try sample(1)
    let first = try sample(2)
    if first > 3 * best { return first }
    // Long enough for the wait at its end not to matter.
    let runs = max(1, min(2000, Int(0.004 / max(first, 1e-7))))
    var times: [Double] = []
    for _ in 0..<samples { times.append(try sample(runs)) }
    return times.sorted()[times.count / 2]
  }

  /// Measures the fastest and the usual method again, in turn: the first figures may have met
  /// different moments of the machine. The usual one stays unless the other is clearly faster.
  private func duel(
    _ fastest: (method: MatmulMethod, time: Double),
    _ usual: (method: MatmulMethod, time: Double)?, _ trial: TunedProduct,
    _ product: ProductShape
  ) throws(BackendError) -> MatmulPlan.Entry {
    var entry = MatmulPlan.Entry(
      product: product, method: fastest.method.name, microseconds: fastest.time * 1e6,
      defaultMicroseconds: (usual?.time ?? fastest.time) * 1e6)
    guard let usual, usual.method != fastest.method else { return entry }
    var times: [[Double]] = [[], []]
    for _ in 0..<5 {
      times[0].append(try time(fastest.method, trial, atMost: .infinity, samples: 1))
      times[1].append(try time(usual.method, trial, atMost: .infinity, samples: 1))
    }
    let medians = times.map { $0.sorted()[2] * 1e6 }
    entry.defaultMicroseconds = medians[1]
    if medians[0] < 0.97 * medians[1] {
      entry.microseconds = medians[0]
    } else {
      entry.method = usual.method.name
      entry.microseconds = medians[1]
    }
    return entry
  }
}
