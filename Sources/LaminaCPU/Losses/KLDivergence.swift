/// `y (ln y - h)`, `h` being the logarithm of a probability; its derivative `-y`. Where `y` is 0 so is
/// the term, even for an infinite `h`.
struct KLDivergence: ElementwiseLoss {
  @inline(__always)
  func loss(_ h: Floats, _ y: Floats) -> Floats {
    (y * (VectorMath.log(y) - h)).replacing(with: Floats.zero, where: y .== Floats.zero)
  }

  @inline(__always)
  func delta(_ h: Floats, _ y: Floats) -> Floats { -y }
}
