/// The end of a step: gradients, and what an ``UpdateRule`` makes of them.
///
/// The whole order stands in ``enqueue(_:part:)``. Plain momentum on gradients that nothing changes
/// is computed within the products that make the gradients; these then add up to the velocity.
public final class ParameterUpdate<B: Backend> {
  /// The rule in force.
  public let rule: UpdateRule

  private let network: Network<B>
  /// What the optimiser keeps for each parameter.
  private let state: [Vector<B>]
  /// Sums that end a reduction over all parameters.
  private let partialSums: Vector<B>

  /// Allocates what the optimiser keeps.
  ///
  /// - Precondition: the rule has been validated.
  public init(_ rule: UpdateRule, of network: Network<B>) throws(BackendError) {
    self.rule = rule
    self.network = network
    let (backend, count) = (network.backend, network.parameters.all.count)
    var state: [Vector<B>] = []
    if rule.velocityRule == nil {
      for _ in 0..<rule.optimizer.gradientRule.stateCount {
        state.append(try backend.makeVector(count: count))
      }
    }
    self.state = state
    // Enough groups of numbers to occupy a GPU, few enough to be added up by each of its groups.
    partialSums = try backend.makeVector(count: max(1, min(512, count / 1024)))
  }

  /// What operations multiply the old content of the gradients by before they add to it.
  func gradientBeta(_ part: BatchPart) -> Float {
    part.isFirst ? rule.velocityRule?.momentum ?? 0 : 1
  }

  /// The rule, where it alone changes dense layers after a part of a batch: nothing comes before it or
  /// after it.
  func plainRule(_ part: BatchPart) -> SGD? {
    guard part.isWhole, rule.effectiveWeightDecay == 0, rule.maxNorm == nil else { return nil }
    return rule.velocityRule
  }

  /// Adds the gradients of a part of a batch; after the last part, changes the parameters.
  func enqueue(_ layers: [DenseUpdate<B>], part: BatchPart) throws(BackendError) {
    let backend = network.backend
    let fusedRule = part.isWhole ? rule.velocityRule : nil
    if fusedRule == nil {
      try backend.denseGradients(layers, beta: gradientBeta(part))
    }
    guard part.isLast else { return }
    try changeGradients()
    try decayWeights()
    if let fusedRule {
      try backend.denseUpdates(
        layers, parameters: network.parameters.allDense, velocity: network.gradients.allDense,
        rule: fusedRule)
      // The backward pass has made the gradients of normalisations already.
      if let parameters = network.parameters.allNormalization,
        let velocity = network.gradients.allNormalization
      {
        try backend.update(parameters, velocity: velocity, rule: fusedRule)
      }
    } else {
      try changeParameters()
    }
    try limitWeights()
  }

  private func changeGradients() throws(BackendError) {
    let (backend, gradients) = (network.backend, network.gradients)
    if !rule.penalties.isEmpty {
      try backend.addPenaltyGradient(
        rule.penalties, of: network.parameters.weights, to: gradients.weights)
    }
    if let limit = rule.clipping.value {
      try backend.clip(gradients.all, to: limit)
    }
    if let limit = rule.clipping.norm {
      try backend.partialSums(of: gradients.all, .squares, into: partialSums)
      try backend.clipNorm(of: gradients.all, squares: partialSums, to: limit)
    }
  }

  private func decayWeights() throws(BackendError) {
    if rule.effectiveWeightDecay > 0 {
      try network.backend.decay(
        network.parameters.weights, by: rule.effectiveWeightDecay,
        learningRate: rule.optimizer.learningRate)
    }
  }

  private func changeParameters() throws(BackendError) {
    let (backend, parameters) = (network.backend, network.parameters.all)
    if let velocityRule = rule.velocityRule {
      return try backend.update(parameters, velocity: network.gradients.all, rule: velocityRule)
    }
    try rule.optimizer.gradientRule.enqueue(
      parameters, gradients: network.gradients.all, state: state, on: backend)
  }

  private func limitWeights() throws(BackendError) {
    guard let limit = rule.maxNorm else { return }
    for layer in network.dense {
      try network.backend.limitColumnNorms(of: layer.weights, to: limit)
    }
  }

  /// What the penalties add to the loss with the present weights. Waits for the device.
  public func penalty() throws(BackendError) -> Double {
    func sum(_ measure: Magnitude) throws(BackendError) -> Double {
      try network.backend.partialSums(of: network.parameters.weights, measure, into: partialSums)
      return try network.backend.values(of: partialSums).reduce(0) { $0 + Double($1) }
    }
    var penalty = 0.0
    if rule.penalties.l1 > 0 { penalty += Double(rule.penalties.l1) * (try sum(.magnitudes)) }
    if rule.penalties.l2 > 0 { penalty += Double(rule.penalties.l2) / 2 * (try sum(.squares)) }
    return penalty
  }
}

extension UpdateRule {
  /// Gradient descent whose gradients add up to the velocity without any memory of their own: plain
  /// or momentum, and nothing changes gradients before they get there.
  var velocityRule: SGD? {
    guard case .sgd(let rule) = optimizer, !rule.nesterov, penalties.isEmpty, clipping.isEmpty
    else { return nil }
    return rule
  }
}

/// A part of a batch whose gradients are added up part by part.
struct BatchPart: Hashable {
  /// Where it begins in the batch.
  let start: Int
  /// The number of its examples.
  let count: Int
  /// The number of examples in the batch.
  let batchSize: Int

  var isFirst: Bool { start == 0 }
  var isLast: Bool { start + count == batchSize }
  var isWhole: Bool { isFirst && isLast }

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
