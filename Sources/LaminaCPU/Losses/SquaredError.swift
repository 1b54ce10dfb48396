/// `(h - y)²`. Its derivative is `2 (h - y)`.
struct SquaredError: ElementwiseLoss {
  @inline(__always)
  func loss(_ h: Floats, _ y: Floats) -> Floats { (h - y) * (h - y) }

  @inline(__always)
  func delta(_ h: Floats, _ y: Floats) -> Floats { 2 * (h - y) }
}
