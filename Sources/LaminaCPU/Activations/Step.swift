/// `f(z) = 1` for `z ≥ 0`, 0 below, and NaN for NaN; `f' = 0`.
struct Step: ElementwiseActivation {
  @inline(__always)
  func value(_ z: Floats) -> Floats {
    let ones = Floats.zero.replacing(with: Floats(repeating: 1), where: z .>= Floats.zero)
    // Only NaN is not equal to itself.
    return ones.replacing(with: z, where: z .!= z)
  }

  @inline(__always)
  func backward(_ delta: Floats, _ saved: Floats) -> Floats { Floats.zero }
}
