/// `squares += gradient²`, `parameters -= rate · gradient / (√squares + ε)`.
///
/// The form of PyTorch's `optim.Adagrad` without decay of the rate. Source: Duchi, Hazan and Singer,
/// "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 2011.
public struct Adagrad: Sendable, Hashable, Codable {
  /// The size of a first step; positive.
  public var learningRate: Float
  /// Keeps the divisor from zero; positive.
  public var epsilon: Float

  /// PyTorch's defaults unless told otherwise.
  public init(learningRate: Float = 0.01, epsilon: Float = 1e-10) {
    self.learningRate = learningRate
    self.epsilon = epsilon
  }
}

extension Adagrad: GradientRule {
  var stateCount: Int { 1 }

  func validate() throws(NetworkError) { try validateEpsilon(epsilon) }

  func enqueue<B: Backend>(
    _ parameters: Vector<B>, gradients: Vector<B>, state: [Vector<B>], on backend: B
  ) throws(BackendError) {
    try backend.adagrad(parameters, gradients: gradients, squares: state[0], rule: self)
  }
}
