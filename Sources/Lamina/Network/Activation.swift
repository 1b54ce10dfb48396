/// A function applied to each pre-activation, with a derivative that follows from its value.
public enum Activation: String, Sendable, Hashable, Codable, CaseIterable {
  /// `f(z) = z`, `f' = 1`.
  case identity
  /// `f(z) = 1 / (1 + e^-z)`, `f' = f (1 - f)`.
  case logistic
  /// `f(z) = tanh z`, `f' = 1 - f²`.
  case tanh
  /// `f(z) = max(0, z)`, `f' = 1` where `f > 0`, else 0.
  case relu

  /// What the derivative of an activation is taken from.
  public enum DerivativeSource: Sendable {
    /// The output `f(z)`.
    case output
    /// The pre-activation `z`, which training then keeps.
    case preactivation
  }

  /// What ``Backend/activationDelta(_:saved:on:)`` needs.
  public var derivativeSource: DerivativeSource { .output }
}
