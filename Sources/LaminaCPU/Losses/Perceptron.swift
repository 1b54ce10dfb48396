/// `(step(z) - y) z`, its derivative `step(z) - y`, with `step(z) = 1` for `z ≥ 0`, 0 below.
struct Perceptron: ElementwiseLoss {
  @inline(__always)
  func loss(_ z: Floats, _ y: Floats) -> Floats { (Step().value(z) - y) * z }

  @inline(__always)
  func delta(_ z: Floats, _ y: Floats) -> Floats { Step().value(z) - y }
}
