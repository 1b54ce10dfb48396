/// Values that differ from one run of a prepared list to the next.
public struct StepArguments: Sendable, Equatable {
  /// Added to the start of every ``BatchIndices``: where in the index buffer this batch begins.
  public var firstIndex: Int
  /// The number of the step, counted from 1 over all epochs.
  public var step: Int
  /// Multiplies the learning rate of every update: the value of a schedule.
  public var learningRateFactor: Float
  /// The place of the first row in its batch, where a batch is taken in parts. With the step it
  /// decides which numbers a ``DropoutMask`` drops.
  public var rowOffset: Int

  /// Neutral values, unless told otherwise.
  public init(
    firstIndex: Int = 0, step: Int = 1, learningRateFactor: Float = 1, rowOffset: Int = 0
  ) {
    self.firstIndex = firstIndex
    self.step = step
    self.learningRateFactor = learningRateFactor
    self.rowOffset = rowOffset
  }

  /// The factor that a decoupled weight decay leaves of a weight: `1 - rate · decay`.
  public func share(keptBy decay: Float, learningRate: Float) -> Float {
    Float(1 - Double(learningRate) * Double(learningRateFactor) * Double(decay))
  }
}
