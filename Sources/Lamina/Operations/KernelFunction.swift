/// The similarity of two rows of inputs: the kernels of support vector machines, as LIBSVM and
/// scikit-learn define them.
public enum KernelFunction: Sendable, Hashable, Codable {
  /// `k(u, v) = u · v`.
  case linear
  /// `k(u, v) = (gamma · u · v + coef0)^degree`.
  case polynomial(degree: Int, gamma: Float, coef0: Float)
  /// `k(u, v) = e^(-gamma |u - v|²)`.
  case rbf(gamma: Float)
  /// `k(u, v) = tanh(gamma · u · v + coef0)`.
  case sigmoid(gamma: Float, coef0: Float)

  /// Refuses numbers with which a kernel makes no sense.
  public func validate() throws(NetworkError) {
    switch self {
    case .linear: break
    case .polynomial(let degree, let gamma, let coef0):
      try require(
        (1...Int(Int32.max)).contains(degree), "the degree of the kernel", is: degree,
        wanted: "a whole number such as 3")
      try Self.validate(gamma: gamma, coef0: coef0)
    case .rbf(let gamma): try Self.validate(gamma: gamma, coef0: 0)
    case .sigmoid(let gamma, let coef0): try Self.validate(gamma: gamma, coef0: coef0)
    }
  }

  private static func validate(gamma: Float, coef0: Float) throws(NetworkError) {
    try require(
      gamma.isFinite && gamma > 0, "gamma of the kernel", is: gamma,
      wanted: "a positive number such as 0.001")
    try require(coef0.isFinite, "coef0 of the kernel", is: coef0, wanted: "a number such as 0")
  }
}
