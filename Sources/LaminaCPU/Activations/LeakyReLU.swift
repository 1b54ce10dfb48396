/// `f(z) = max(0, z) + s min(0, z)`, `f' = 1` where `f > 0`, else `s`.
struct LeakyReLU: ElementwiseActivation {
  let slope: Float

  @inline(__always)
  func value(_ z: Floats) -> Floats { z.replacing(with: slope * z, where: z .< Floats.zero) }

  @inline(__always)
  func backward(_ delta: Floats, _ y: Floats) -> Floats {
    delta.replacing(with: slope * delta, where: y .<= Floats.zero)
  }
}
