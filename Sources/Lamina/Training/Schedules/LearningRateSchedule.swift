import LaminaMath

/// A schedule of the learning rate: a factor of the optimiser's rate for each step.
public struct LearningRateSchedule: Sendable, Hashable, Codable {
  /// The course of the rate over the whole training. Here, epochs count from 0: the number of
  /// finished epochs.
  public enum Decay: Sendable, Hashable, Codable {
    /// It stays.
    case constant
    /// Multiplies the rate by `factor` after every `every` epochs: PyTorch's `StepLR`.
    case step(every: Int, factor: Double)
    /// Multiplies the rate by `factor` after each epoch: PyTorch's `ExponentialLR`.
    case exponential(factor: Double)
    /// Follows half a period of the cosine, from the full rate before the first step to the share
    /// `to` after the last: PyTorch's `CosineAnnealingLR`, updated at each step.
    case cosine(to: Double)
    /// Rises and falls again: see ``OneCycle``.
    case oneCycle(OneCycle)
    /// Falls when the training stops improving: see ``ReduceOnPlateau``.
    case reduceOnPlateau(ReduceOnPlateau)
  }

  /// A linear rise at the start: step `n` of `m` has the share `n / m` of its usual rate.
  public enum WarmUp: Sendable, Hashable, Codable {
    case steps(Int)
    case epochs(Int)

    func steps(in length: TrainingLength) -> Int {
      switch self {
      case .steps(let count): count
      case .epochs(let count): count * length.stepsPerEpoch
      }
    }
  }

  /// The course of the rate over a whole training.
  public var decay: Decay
  /// Multiplies the first factors of any ``decay``; nil for none.
  public var warmUp: WarmUp?

  /// A decay, without warm-up unless told otherwise.
  public init(_ decay: Decay, warmUp: WarmUp? = nil) {
    self.decay = decay
    self.warmUp = warmUp
  }

  /// The rate stays as it is.
  public static let constant = LearningRateSchedule(.constant)

  /// The factor of a step, which depends on its number, counted from 1 over all epochs. The factor
  /// for a plateau comes from ``ReduceOnPlateau/State``; here it is 1.
  public func factor(step: Int, in length: TrainingLength) -> Double {
    let done = Double(step - 1)
    let epochs = (step - 1) / length.stepsPerEpoch
    let factor =
      switch decay {
      case .constant, .reduceOnPlateau: 1.0
      case .step(let every, let factor): pow(factor, Double(epochs / every))
      case .exponential(let factor): pow(factor, Double(epochs))
      case .cosine(let to): cosine(from: 1, to: to, at: min(1, done / Double(length.steps)))
      case .oneCycle(let cycle): cycle.factor(step: step, of: length.steps)
      }
    guard let steps = warmUp?.steps(in: length), step < steps else { return factor }
    return factor * Double(step) / Double(steps)
  }

  /// Refuses values with which no training makes sense.
  public func validate() throws(NetworkError) {
    switch warmUp {
    case .steps(let count), .epochs(let count):
      try require(count > 0, "the length of the warm-up", is: count, wanted: "positive")
    case nil: break
    }
    switch decay {
    case .constant: break
    case .step(let every, let factor):
      try require(
        every > 0, "the number of epochs between steps of the learning rate", is: every,
        wanted: "positive")
      try validateFactor(factor)
    case .exponential(let factor): try validateFactor(factor)
    case .cosine(let to):
      try require(
        to >= 0 && to <= 1, "the share of the learning rate that a cosine ends with", is: to,
        wanted: "from 0 to 1")
    case .oneCycle(let cycle): try cycle.validate()
    case .reduceOnPlateau(let rule): try rule.validate()
    }
  }
}

/// The length of a training, for schedules that depend on it.
public struct TrainingLength: Sendable, Hashable {
  /// Steps in an epoch.
  public let stepsPerEpoch: Int
  /// Steps in all.
  public let steps: Int

  /// `epochs` epochs, ended early by a limit of steps where there is one.
  public init(stepsPerEpoch: Int, epochs: Int, stepLimit: Int? = nil) {
    self.stepsPerEpoch = stepsPerEpoch
    let (steps, overflows) = stepsPerEpoch.multipliedReportingOverflow(by: epochs)
    self.steps = min(overflows ? .max : steps, stepLimit ?? .max)
  }
}

/// From `from` at 0 to `to` at 1, along half a wave of the cosine.
func cosine(from: Double, to: Double, at position: Double) -> Double {
  to + (from - to) * (1 + cos(.pi * position)) / 2
}

/// Refuses factors that do not make the learning rate smaller.
func validateFactor(_ factor: Double) throws(NetworkError) {
  try require(
    factor > 0 && factor <= 1, "the factor of the learning rate", is: factor,
    wanted: "above 0 and at most 1")
}
