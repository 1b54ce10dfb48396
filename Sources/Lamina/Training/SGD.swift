/// Stochastic gradient descent with momentum:
/// `velocity = momentum · velocity + gradient`, `parameters -= learningRate · velocity`.
///
/// The form of PyTorch's `optim.SGD`: the rate multiplies the velocity, not the gradient.
public struct SGD: Sendable, Hashable, Codable {
  /// The size of a step; positive.
  public var learningRate: Float
  /// The share of the velocity that a step keeps, in `0 ..< 1`.
  public var momentum: Float

  /// A rule with the given rate, without momentum unless told otherwise.
  public init(learningRate: Float, momentum: Float = 0) {
    self.learningRate = learningRate
    self.momentum = momentum
  }

  /// Refuses values with which no training makes sense.
  public func validate() throws(NetworkError) {
    guard learningRate.isFinite, learningRate > 0 else {
      throw .invalid(
        "the learning rate", value: "\(learningRate)", wanted: "a positive number such as 0.01")
    }
    guard momentum.isFinite, momentum >= 0, momentum < 1 else {
      throw .invalid("the momentum", value: "\(momentum)", wanted: "a number from 0 up to 1")
    }
  }
}
