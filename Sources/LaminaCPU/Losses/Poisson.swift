/// `e^z - z y`, where `e^z` is the mean of a Poisson distribution. Its derivative is `e^z - y`.
struct Poisson: ElementwiseLoss {
  @inline(__always)
  func loss(_ z: Floats, _ y: Floats) -> Floats { VectorMath.exp(z) - z * y }

  @inline(__always)
  func delta(_ z: Floats, _ y: Floats) -> Floats { VectorMath.exp(z) - y }
}
