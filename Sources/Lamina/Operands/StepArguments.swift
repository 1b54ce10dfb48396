/// Values that differ from one run of a prepared list to the next.
public struct StepArguments: Sendable, Equatable {
  /// The start of the batch in the index buffer, which is added to the start of every
  /// ``BatchIndices``.
  public var firstIndex: Int
  /// The number of the step, counted from 1 over all epochs.
  public var step: Int
  /// The factor of the learning rate of every update: the value of a schedule.
  public var learningRateFactor: Float
  /// The position of the first row in its batch, if the batch is processed in parts. Together with
  /// the step it decides which numbers a ``DropoutMask`` drops.
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

  /// The factor by which decoupled weight decay multiplies a weight: `1 - rate · decay`.
  public func share(keptBy decay: Float, learningRate: Float) -> Float {
    Float(1 - Double(learningRate) * Double(learningRateFactor) * Double(decay))
  }
}
