/// `f(z) = z t` with `t = tanh(ln(1 + e^z))`, `f' = t + z (1 - t²) / (1 + e^-z)`.
///
/// With `n = e^z`, `t = (n² + 2n) / (n² + 2n + 2)`. For `z ≥ 0` both are divided by `n²`, so that
/// only `e^-|z|` occurs and nothing overflows.
struct Mish: ElementwiseActivation {
  /// `e^-|z|`, and the numerator and denominator of `t`.
  private struct Terms {
    let power, above, below: Floats

    @inline(__always)
    init(_ z: Floats) {
      let isNegative = z .< Floats.zero
      power = VectorMath.exp(-VectorMath.absolute(z))
      above = (1 + 2 * power).replacing(with: power * (power + 2), where: isNegative)
      below = above + (2 * power * power).replacing(with: Floats(repeating: 2), where: isNegative)
    }
  }

  @inline(__always)
  func value(_ z: Floats) -> Floats {
    let terms = Terms(z)
    return z * (terms.above / terms.below)
  }

  @inline(__always)
  func backward(_ delta: Floats, _ z: Floats) -> Floats {
    let terms = Terms(z)
    let e = terms.power
    let product = (e * e).replacing(with: e, where: z .< Floats.zero)
    let slope = 4 * (1 + e) * product / (terms.below * terms.below)
    return delta * (terms.above / terms.below + z * slope)
  }
}
