/// `-y ln σ(z) - (1 - y) ln(1 - σ(z)) = max(z, 0) - z y + ln(1 + e^-|z|)`. Its derivative is `σ(z)
/// - y`.
struct LogisticCrossEntropy: ElementwiseLoss {
  @inline(__always)
  func loss(_ z: Floats, _ y: Floats) -> Floats { VectorMath.softplus(z) - z * y }

  @inline(__always)
  func delta(_ z: Floats, _ y: Floats) -> Floats { VectorMath.logistic(z) - y }
}
