/// `½ d²` for `|d| ≤ t`, else `t (|d| - ½ t)`, with `d = h - y`. Its derivative is `d`, limited to
/// `-t ... t`.
struct Huber: ElementwiseLoss {
  let threshold: Float

  @inline(__always)
  func loss(_ h: Floats, _ y: Floats) -> Floats {
    let d = VectorMath.absolute(h - y)
    let linear = threshold * (d - 0.5 * threshold)
    return (0.5 * d * d).replacing(with: linear, where: d .> Floats(repeating: threshold))
  }

  @inline(__always)
  func delta(_ h: Floats, _ y: Floats) -> Floats {
    let (d, most) = (h - y, Floats(repeating: threshold))
    return d.replacing(with: most, where: d .> most).replacing(with: -most, where: d .< -most)
  }
}
