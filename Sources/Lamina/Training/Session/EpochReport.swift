/// An epoch of a session: its training, and how the network did at its end.
public struct EpochReport: Sendable {
  /// The result of the training.
  public let training: TrainedEpoch
  /// The quality of the network on the part that each epoch ends with.
  public let part: PartReport
  /// True if ``part`` is the validation part, or the test part where there is none.
  public let isValidation: Bool

  /// The epoch's number, counted from 1.
  public var epoch: Int { training.epoch }
  /// The mean loss of the examples trained with, and the penalties.
  public var trainLoss: Double { training.loss }
  /// The share of right answers among the training examples; nil where there are no classes.
  public var trainAccuracy: Double? {
    if case .classes = part.report { training.accuracy } else { nil }
  }
  /// Examples trained in a second, without evaluation.
  public var samplesPerSecond: Double {
    training.seconds > 0 ? Double(training.examples) / training.seconds : 0
  }
}

/// The quality of a network on a part of the data.
public struct PartReport: Sendable {
  /// The outputs of the last layer, example by example.
  public let outputs: [Float]
  /// The mean loss, as training counts it but without penalties.
  public let loss: Double
  /// The scores.
  public let report: TaskReport

  init(_ evaluation: Evaluation, of setup: TrainingSetup, for dataset: Dataset) {
    outputs = evaluation.outputs
    loss = evaluation.loss
    report = TaskReport(
      outputs: evaluation.outputs, of: setup.network, for: dataset, thresholds: setup.thresholds)
  }

  /// The same outputs, by the temperature and the thresholds that were chosen.
  init(_ part: PartReport, by chosen: ChosenOutputs, for dataset: Dataset) {
    outputs = part.outputs
    loss = part.loss
    report = TaskReport(
      outputs: outputs, of: chosen.network, for: dataset, thresholds: chosen.thresholds)
  }

  /// The value of a metric; NaN where it is not defined, which counts as no progress.
  func value(_ metric: MonitoredMetric) -> Double {
    metric == .accuracy ? report.headline.value ?? .nan : loss
  }
}

/// The progress of a training within an epoch.
public struct TrainingProgress: Sendable {
  /// The epoch's number, counted from 1.
  public let epoch: Int
  /// Examples of this epoch that the device has seen.
  public let examples: Int
  /// Examples of the epochs before.
  public let examplesBefore: Int
  /// Seconds of training so far, without evaluation.
  public let seconds: Double
}

/// The beginning of an epoch, from which its progress is counted.
struct EpochStart {
  let epoch, examplesBefore: Int
  let secondsBefore: Double
  private let start = ContinuousClock.now

  init(epoch: Int, examplesBefore: Int, secondsBefore: Double) {
    self.epoch = epoch
    self.examplesBefore = examplesBefore
    self.secondsBefore = secondsBefore
  }

  /// The progress when the device has seen so many examples of the epoch.
  func progress(_ examples: Int) -> TrainingProgress {
    TrainingProgress(
      epoch: epoch, examples: examples, examplesBefore: examplesBefore,
      seconds: secondsBefore + start.secondsToNow)
  }
}
