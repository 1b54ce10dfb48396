/// `½ (h - y)²`. Its derivative is `h - y`.
struct Quadratic: ElementwiseLoss {
  @inline(__always)
  func loss(_ h: Floats, _ y: Floats) -> Floats { 0.5 * (h - y) * (h - y) }

  @inline(__always)
  func delta(_ h: Floats, _ y: Floats) -> Floats { h - y }
}
