/// `f(z) = z Φ(z)` with `Φ(z) = ½ erfc(-z / √2)`, `f' = Φ(z) + z e^(-z² / 2) / √(2π)`.
struct GELU: ElementwiseActivation {
  @inline(__always)
  func value(_ z: Floats) -> Floats { 0.5 * z * VectorMath.erfc(-0.70710678118654752 * z) }

  @inline(__always)
  func backward(_ delta: Floats, _ z: Floats) -> Floats {
    let distribution = 0.5 * VectorMath.erfc(-0.70710678118654752 * z)
    let density = 0.39894228040143268 * VectorMath.exp(-0.5 * z * z)
    return delta * (distribution + z * density)
  }
}
