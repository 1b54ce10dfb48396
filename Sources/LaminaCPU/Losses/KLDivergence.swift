/// `y (ln y - h)`, where `h` is the logarithm of a probability. Its derivative is `-y`. If `y` is
/// 0, the term is 0 even for an infinite `h`.
struct KLDivergence: ElementwiseLoss {
  @inline(__always)
  func loss(_ h: Floats, _ y: Floats) -> Floats {
    (y * (VectorMath.log(y) - h)).replacing(with: Floats.zero, where: y .== Floats.zero)
  }

  @inline(__always)
  func delta(_ h: Floats, _ y: Floats) -> Floats { -y }
}
