/// `f(z) = z s` with `s = 1 / (1 + e^-z)`, `f' = s (1 + z (1 - s))`.
struct SiLU: ElementwiseActivation {
  @inline(__always)
  func value(_ z: Floats) -> Floats { z / (1 + VectorMath.exp(-z)) }

  @inline(__always)
  func backward(_ delta: Floats, _ z: Floats) -> Floats {
    let s = VectorMath.logistic(z)
    return delta * s * (1 + z * (1 - s))
  }
}
