/// The end of a step: the operations of a rule on gradients and parameters.
///
/// ``UpdateRule`` describes the order. With plain momentum, gradients that nothing else changes
/// accumulate directly in the velocity.
public final class ParameterUpdate<B: Backend> {
  /// The rule in force.
  public let rule: UpdateRule

  private let network: Network<B>
  /// The state of the optimiser for each parameter.
  let state: [Vector<B>]
  /// Sums that end a reduction over all parameters.
  let partialSums: Vector<B>

  /// Allocates the state of the optimiser.
  ///
  /// - Precondition: the rule has been validated.
  public init(_ rule: UpdateRule, of network: Network<B>) throws(BackendError) {
    self.rule = rule
    self.network = network
    let (memory, count) = (network.memory, network.parameters.all.count)
    var state: [Vector<B>] = []
    for _ in rule.updatingOptimizer.rule.state {
      state.append(try memory.makeVector(count: count))
    }
    self.state = state
    // There are enough groups of numbers to occupy a GPU, and few enough that each of its groups
    // can add up all sums.
    partialSums = try memory.makeVector(count: max(1, min(512, count / 1024)))
  }

  /// The factor of the old content of the gradients, to which a part of a batch adds its own.
  func gradientBeta(_ part: BatchPart) -> Float {
    part.isFirst ? rule.velocityRule?.momentum ?? 0 : 1
  }

  /// Changes the parameters by the gradients that all parts of a batch have added up.
  func operations() -> [Operation<B>] {
    changeGradients() + decayWeights()
      + [
        .update(
          network.parameters.all, gradients: network.gradients.all, state: state,
          by: rule.updatingOptimizer)
      ] + limitWeights()
  }

  private func changeGradients() -> [Operation<B>] {
    let gradients = network.gradients
    var operations: [Operation<B>] = []
    if !rule.penalties.isEmpty {
      operations.append(
        .penaltyGradient(rule.penalties, of: network.parameters.weights, to: gradients.weights))
    }
    if let limit = rule.clipping.value { operations.append(.clip(gradients.all, to: limit)) }
    if let limit = rule.clipping.norm {
      operations += [
        .partialSums(of: gradients.all, .squares, into: partialSums),
        .clipNorm(of: gradients.all, squares: partialSums, to: limit),
      ]
    }
    return operations
  }

  private func decayWeights() -> [Operation<B>] {
    guard rule.effectiveWeightDecay > 0 else { return [] }
    return [
      .decay(
        network.parameters.weights, by: rule.effectiveWeightDecay,
        learningRate: rule.optimizer.learningRate)
    ]
  }

  private func limitWeights() -> [Operation<B>] {
    guard let limit = rule.maxNorm else { return [] }
    return network.dense.map { .columnNormLimit(of: $0.weights, to: limit) }
  }

  /// The penalty that the current weights add to the loss. Waits for the device.
  public func penalty() throws(BackendError) -> Double {
    func sum(_ measure: Magnitude) throws(BackendError) -> Double {
      try network.backend.perform(
        .partialSums(of: network.parameters.weights, measure, into: partialSums))
      return try network.backend.values(of: partialSums).reduce(0) { $0 + Double($1) }
    }
    var penalty = 0.0
    if rule.penalties.l1 > 0 { penalty += Double(rule.penalties.l1) * (try sum(.magnitudes)) }
    if rule.penalties.l2 > 0 { penalty += Double(rule.penalties.l2) / 2 * (try sum(.squares)) }
    return penalty
  }
}

extension UpdateRule {
  /// The rule if gradients accumulate in the velocity without memory of their own: plain or
  /// momentum gradient descent, if nothing changes the gradients before.
  var velocityRule: SGD? {
    guard case .sgd(let rule) = optimizer, !rule.nesterov, penalties.isEmpty, clipping.isEmpty
    else { return nil }
    return rule
  }

  /// The optimiser as it is applied to the gradients. It has no momentum if the gradients are
  /// already the velocity.
  var updatingOptimizer: Optimizer {
    guard let rule = velocityRule else { return optimizer }
    return .sgd(SGD(learningRate: rule.learningRate))
  }
}

/// A part of a batch whose gradients are added up part by part.
struct BatchPart: Hashable {
  /// Its start in the batch.
  let start: Int
  /// The number of its examples.
  let count: Int
  /// The number of examples in the batch.
  let batchSize: Int

  var isFirst: Bool { start == 0 }
  var isLast: Bool { start + count == batchSize }

  /// Cuts a batch into parts of `ceil(batchSize / count)` examples, the last perhaps smaller.
  static func parts(of batchSize: Int, count: Int) -> [BatchPart] {
    let size = partSize(of: batchSize, count: count)
    return stride(from: 0, to: batchSize, by: size).map {
      BatchPart(start: $0, count: min(size, batchSize - $0), batchSize: batchSize)
    }
  }

  /// The number of examples of all parts but perhaps the last.
  static func partSize(of batchSize: Int, count: Int) -> Int { (batchSize + count - 1) / count }
}
