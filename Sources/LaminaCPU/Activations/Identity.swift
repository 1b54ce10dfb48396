/// `f(z) = z`, `f' = 1`.
struct Identity: ElementwiseActivation {
  @inline(__always)
  func value(_ z: Floats) -> Floats { z }

  @inline(__always)
  func backward(_ delta: Floats, _ saved: Floats) -> Floats { delta }
}
