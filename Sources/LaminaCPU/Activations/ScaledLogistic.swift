/// `f(z) = 1 / (1 + e^(-c z))`, `f' = c f (1 - f)`.
struct ScaledLogistic: ElementwiseActivation {
  let scale: Float

  @inline(__always)
  func value(_ z: Floats) -> Floats { VectorMath.logistic(scale * z) }

  @inline(__always)
  func backward(_ delta: Floats, _ y: Floats) -> Floats { delta * scale * y * (1 - y) }
}
