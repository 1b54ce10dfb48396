/// `f(z) = |z|`, `f' = 1` for `z > 0`, -1 for `z < 0`, 0 for 0.
struct Absolute: ElementwiseActivation {
  @inline(__always)
  func value(_ z: Floats) -> Floats { VectorMath.absolute(z) }

  @inline(__always)
  func backward(_ delta: Floats, _ z: Floats) -> Floats {
    let signed = delta.replacing(with: -delta, where: z .< Floats.zero)
    return signed.replacing(with: Floats.zero, where: z .== Floats.zero)
  }
}
