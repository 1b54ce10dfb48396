/// The result of an epoch of training.
public struct TrainedEpoch: Sendable {
  /// The epoch's number, counted from 1.
  public let epoch: Int
  /// The number of steps taken.
  public let steps: Int
  /// The number of examples seen.
  public let examples: Int
  /// The mean of the examples' losses, each taken before the step that it belongs to, and
  /// ``penalty``.
  public let loss: Double
  /// The penalty that the weights at the epoch's end add to the loss.
  public let penalty: Double
  /// The share of examples whose largest output was the right one.
  public let accuracy: Double
  /// The learning rate of the last step.
  public let learningRate: Double
  /// From the upload of the order to the reading of the losses, in seconds.
  public let seconds: Double
  /// True if `shouldStop` ended the epoch early.
  public let wasStopped: Bool
}
