/// `f(z) = max(0, z)`; `f' = 1` for `f > 0`, else 0. An inactive unit passes nothing on, not even
/// NaN.
struct ReLU: ElementwiseActivation {
  @inline(__always)
  func value(_ z: Floats) -> Floats { z.replacing(with: Floats.zero, where: z .< Floats.zero) }

  @inline(__always)
  func backward(_ delta: Floats, _ y: Floats) -> Floats {
    delta.replacing(with: Floats.zero, where: y .<= Floats.zero)
  }
}
