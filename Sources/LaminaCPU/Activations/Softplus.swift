/// `f(z) = ln(1 + e^z) = max(0, z) + ln(1 + e^-|z|)`, `f' = 1 / (1 + e^-z)`.
struct Softplus: ElementwiseActivation {
  @inline(__always)
  func value(_ z: Floats) -> Floats { VectorMath.softplus(z) }

  @inline(__always)
  func backward(_ delta: Floats, _ z: Floats) -> Floats { delta * VectorMath.logistic(z) }
}
