import Lamina

/// What is told of an epoch, on the screen and in the log.
struct EpochReport {
  let epoch: Int
  let steps: Int
  let learningRate: Double
  let trainLoss: Double
  /// The share of right answers among the training examples; nil where there are no classes.
  let trainAccuracy: Double?
  let part: PartReport
  /// What the part is called, in logs and on the screen.
  let partName: String
  let seconds: Double
  let samplesPerSecond: Double

  init<B>(_ result: Trainer<B>.EpochResult, _ part: PartReport, isValidation: Bool) {
    epoch = result.epoch
    steps = result.steps
    learningRate = result.learningRate
    trainLoss = result.loss
    if case .classes = part.report { trainAccuracy = result.accuracy } else { trainAccuracy = nil }
    self.part = part
    partName = isValidation ? "validation" : "test"
    seconds = result.seconds
    samplesPerSecond = result.seconds > 0 ? Double(result.examples) / result.seconds : 0
  }
}
