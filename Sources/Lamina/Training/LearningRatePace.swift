/// A schedule in use: the factor of each step, given the epochs so far.
struct LearningRatePace {
  let schedule: LearningRateSchedule
  let length: TrainingLength
  private var plateau = ReduceOnPlateau.State()
  private var lastFactor = 1.0

  init(_ schedule: LearningRateSchedule, _ length: TrainingLength) {
    self.schedule = schedule
    self.length = length
  }

  /// The factor of a step, counted from 1.
  mutating func factor(step: Int) -> Float {
    lastFactor = schedule.factor(step: step, in: length) * plateau.factor
    return Float(lastFactor)
  }

  /// The learning rate of the step asked for last.
  func rate(of rule: UpdateRule) -> Double { Double(rule.optimizer.learningRate) * lastFactor }

  /// Takes the result of an epoch, after which the next steps may be smaller.
  mutating func observe(_ value: Double) {
    if case .reduceOnPlateau(let rule) = schedule.decay { plateau.observe(value, rule) }
  }

  /// The metric that the schedule watches.
  var metric: MonitoredMetric {
    if case .reduceOnPlateau(let rule) = schedule.decay { rule.metric } else { .loss }
  }
}
