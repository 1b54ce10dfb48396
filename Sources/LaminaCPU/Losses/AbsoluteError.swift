/// `|h - y|`. Its derivative is the sign of `h - y`, or 0 for 0.
struct AbsoluteError: ElementwiseLoss {
  @inline(__always)
  func loss(_ h: Floats, _ y: Floats) -> Floats { VectorMath.absolute(h - y) }

  @inline(__always)
  func delta(_ h: Floats, _ y: Floats) -> Floats {
    let d = h - y
    let one = Floats(repeating: 1)
    return d.replacing(with: one, where: d .> Floats.zero)
      .replacing(with: -one, where: d .< Floats.zero)
  }
}
