/// The outcome of a training.
public struct TrainingOutcome: Sendable {
  /// The reason for its end.
  public enum Ending: Sendable, Equatable {
    /// All epochs or steps are done, or nothing got better.
    case finished
    /// Somebody asked for it.
    case stopped
    /// A loss was infinite or no number.
    case diverged(epoch: Int, loss: Double)
  }

  /// The reason for its end.
  public internal(set) var ending = Ending.finished
  /// Epochs trained, the last of them perhaps in part.
  public internal(set) var epochs = 0
  /// Steps taken.
  public internal(set) var steps = 0
  /// Examples trained with, each as often as it was seen.
  public internal(set) var examples = 0
  /// The mean loss of the last epoch; NaN before the first.
  public internal(set) var trainLoss = Double.nan
  /// The epoch whose parameters are kept, where that is not the last.
  public internal(set) var bestEpoch: Int?
  /// The quality of the network on the test part.
  public internal(set) var test: PartReport
  /// What was chosen on the validation part; nil for nothing. ``test`` goes by it.
  public internal(set) var chosen: ChosenOutputs?
  /// The seconds spent.
  public internal(set) var times: TrainingTimes

  /// Training alone, without evaluation or preparation.
  public var samplesPerSecond: Double { times.training > 0 ? Double(examples) / times.training : 0 }

  /// True if the parameters are worth keeping.
  public var isUsable: Bool {
    if case .diverged = ending { false } else { true }
  }
}

/// Seconds that a session has spent, kept apart so that each can be compared with other programs.
public struct TrainingTimes: Sendable, Equatable {
  /// Building kernels, since the device was opened.
  public internal(set) var build = 0.0
  /// Training.
  public internal(set) var training = 0.0
  /// Running parts of the data and comparing.
  public internal(set) var evaluation = 0.0
}
