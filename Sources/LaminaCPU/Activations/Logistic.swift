/// `f(z) = 1 / (1 + e^-z)`, `f' = f (1 - f)`.
struct Logistic: ElementwiseActivation {
  @inline(__always)
  func value(_ z: Floats) -> Floats { VectorMath.logistic(z) }

  @inline(__always)
  func backward(_ delta: Floats, _ y: Floats) -> Floats { delta * y * (1 - y) }
}
