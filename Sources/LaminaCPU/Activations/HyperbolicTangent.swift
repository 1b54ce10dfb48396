/// `f(z) = tanh z`, `f' = 1 - f²`.
struct HyperbolicTangent: ElementwiseActivation {
  @inline(__always)
  func value(_ z: Floats) -> Floats { VectorMath.tanh(z) }

  @inline(__always)
  func backward(_ delta: Floats, _ y: Floats) -> Floats { delta * (1 - y * y) }
}
