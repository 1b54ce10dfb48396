/// A function of each pre-activation. Each has a file with its formula and derivative in
/// `Kernels/activations`, and one in `Sources/LaminaCPU/Activations`.
public enum Activation: NamedFormula {
  /// `f(z) = z`.
  case identity
  /// `f(z) = 1` for `z ≥ 0`, else 0. Its derivative is 0, so no gradient passes it.
  case step
  /// `f(z) = 1 / (1 + e^-z)`.
  case logistic
  /// `f(z) = 1 / (1 + e^(-scale · z))`.
  case scaledLogistic(scale: Float = 2)
  /// `f(z) = tanh z`.
  case tanh
  /// `f(z) = max(0, z)`.
  case relu
  /// `f(z) = max(0, z) + slope · min(0, z)`.
  case leakyReLU(slope: Float = 0.01)
  /// `f(z) = |z|`.
  case absolute
  /// `f(z) = ln(1 + e^z)`.
  case softplus
  /// `f(z) = z · Φ(z)`, with the exact distribution function Φ of the normal distribution
  /// (Hendrycks and Gimpel, 2016).
  case gelu
  /// `f(z) = z / (1 + e^-z)`, also called swish.
  case silu
  /// `f(z) = z · tanh(ln(1 + e^z))` (Misra, 2019).
  case mish
  /// `f(z) = z` for `z > 0`, else `alpha · (e^z - 1)`.
  case elu(alpha: Float = 1)
  /// `f(z)_j = e^z_j / Σ_k e^z_k` over the outputs of an example. Only for the output of a network.
  case softmax
  /// `f(z)_j = z_j - ln Σ_k e^z_k` over the outputs of an example. Only for the output of a
  /// network.
  case logSoftmax

  /// A model file must not depend on defaults.
  public static let tellsUsualParameters = true
  /// One of each, with the parameter that it has by default.
  public static let allCases: [Activation] = [
    .identity, .step, .logistic, .scaledLogistic(), .tanh, .relu, .leakyReLU(), .absolute,
    .softplus, .gelu, .silu, .mish, .elu(), .softmax, .logSoftmax,
  ]

  /// What the derivative of an activation is taken from.
  public enum DerivativeSource: Sendable {
    /// The output `f(z)`.
    case output
    /// The pre-activation `z`, which training then keeps.
    case preactivation
  }

  /// The number that ``Operation/activationDelta(_:saved:on:)`` takes the derivative from.
  public var derivativeSource: DerivativeSource {
    switch self {
    case .absolute, .softplus, .gelu, .silu, .mish: .preactivation
    default: .output
    }
  }

  /// True if each output follows from one pre-activation alone.
  public var isElementwise: Bool { self != .softmax && self != .logSoftmax }

  /// Its name in files and options.
  public var name: String {
    switch self {
    case .identity: "identity"
    case .step: "step"
    case .logistic: "logistic"
    case .scaledLogistic: "scaled_logistic"
    case .tanh: "tanh"
    case .relu: "relu"
    case .leakyReLU: "leaky_relu"
    case .absolute: "absolute"
    case .softplus: "softplus"
    case .gelu: "gelu"
    case .silu: "silu"
    case .mish: "mish"
    case .elu: "elu"
    case .softmax: "softmax"
    case .logSoftmax: "log_softmax"
    }
  }

  /// The parameter with its name; nil if there is none.
  public var parameter: (name: String, value: Float)? {
    switch self {
    case .scaledLogistic(let scale): ("scale", scale)
    case .leakyReLU(let slope): ("slope", slope)
    case .elu(let alpha): ("alpha", alpha)
    default: nil
    }
  }

  /// The same function with another parameter. A function without parameters is returned unchanged.
  public func with(parameter: Float) -> Activation {
    switch self {
    case .scaledLogistic: .scaledLogistic(scale: parameter)
    case .leakyReLU: .leakyReLU(slope: parameter)
    case .elu: .elu(alpha: parameter)
    default: self
    }
  }

  /// Refuses parameters with which the derivative would not follow from the output.
  public func validate() throws(NetworkError) {
    guard let parameter else { return }
    // A leaky ReLU can have slope 0. With a parameter of 0 the other functions would be constant.
    let least: Float = name == "leaky_relu" ? 0 : .leastNonzeroMagnitude
    try require(
      parameter.value.isFinite && parameter.value >= least, "the \(parameter.name) of \(name)",
      is: parameter.value,
      wanted: least == 0 ? "0 or a positive number" : "a positive number such as 1")
  }
}
