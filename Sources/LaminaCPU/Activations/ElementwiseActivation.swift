import Lamina

/// A function of single numbers, sixteen at a time.
protocol ElementwiseActivation {
  /// `f(z)`.
  func value(_ z: Floats) -> Floats
  /// `delta · f'(z)`. `saved` is what ``Activation/derivativeSource`` says: the output `f(z)`, or
  /// `z`.
  func backward(_ delta: Floats, _ saved: Floats) -> Floats
}

/// Work with an activation whose type is known to the compiler, which then makes one
/// loop of both.
protocol ElementwiseActivationUse {
  associatedtype Result
  func use(_ activation: some ElementwiseActivation) -> Result
}

extension Activation {
  /// Hands the function to who uses it.
  @inline(__always)
  func elementwise<Use: ElementwiseActivationUse>(_ user: Use) -> Use.Result {
    switch self {
    case .identity: user.use(Identity())
    case .step: user.use(Step())
    case .logistic: user.use(Logistic())
    case .scaledLogistic(let scale): user.use(ScaledLogistic(scale: scale))
    case .tanh: user.use(HyperbolicTangent())
    case .relu: user.use(ReLU())
    case .leakyReLU(let slope): user.use(LeakyReLU(slope: slope))
    case .absolute: user.use(Absolute())
    case .softplus: user.use(Softplus())
    case .gelu: user.use(GELU())
    case .silu: user.use(SiLU())
    case .mish: user.use(Mish())
    case .elu(let alpha): user.use(ELU(alpha: alpha))
    case .softmax, .logSoftmax: preconditionFailure("\(self) goes over whole rows")
    }
  }
}
