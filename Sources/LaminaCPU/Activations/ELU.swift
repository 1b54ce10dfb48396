/// `f(z) = z` for `z > 0`, else `a (e^z - 1)`; `f' = 1` for `f > 0`, else `f + a`.
struct ELU: ElementwiseActivation {
  let alpha: Float

  @inline(__always)
  func value(_ z: Floats) -> Floats {
    z.replacing(with: alpha * VectorMath.expm1(z), where: z .< Floats.zero)
  }

  @inline(__always)
  func backward(_ delta: Floats, _ y: Floats) -> Floats {
    delta.replacing(with: delta * (y + alpha), where: y .<= Floats.zero)
  }
}
