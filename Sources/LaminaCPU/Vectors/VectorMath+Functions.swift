import Glibc

extension VectorMath {
  /// `e^x - 1`. Near zero it is the Taylor series up to `x^9`, with a relative error below 2^-30.
  @inline(__always)
  static func expm1(_ x: Floats) -> Floats {
    var p = x * (1 / 9) + 1
    p = p * x * (1 / 8) + 1
    p = p * x * (1 / 7) + 1
    p = p * x * (1 / 6) + 1
    p = p * x * (1 / 5) + 1
    p = p * x * (1 / 4) + 1
    p = p * x * (1 / 3) + 1
    p = p * x * (1 / 2) + 1
    let far = exp(x) - 1
    let isNear = (x .< Floats(repeating: 0.5)) .& (x .> Floats(repeating: -0.5))
    return far.replacing(with: p * x, where: isNear)
  }

  /// `ln(1 + e^x) = max(0, x) + ln(1 + e^-|x|)`.
  @inline(__always)
  static func softplus(_ x: Floats) -> Floats {
    x.replacing(with: Floats.zero, where: x .< Floats.zero) + log1p(exp(-absolute(x)))
  }

  /// `ln(1 + x)` for `0 ≤ x ≤ 1`: the series of `2 artanh s` with `s = x / (2 + x) ≤ 1/3`.
  @inline(__always)
  private static func log1p(_ x: Floats) -> Floats {
    let s = x / (2 + x)
    let square = s * s
    var p = square * (1 / 17) + 1 / 15
    p = p * square + 1 / 13
    p = p * square + 1 / 11
    p = p * square + 1 / 9
    p = p * square + 1 / 7
    p = p * square + 1 / 5
    p = p * square + 1 / 3
    return 2 * s + 2 * s * square * p
  }

  /// The complementary error function: `t e^(-x² + p(t))` with `t = 1 / (1 + |x| / 2)`, subtracted
  /// from 2 for `x < 0`. The relative error is at most 1.2e-7 (Press et al., "Numerical recipes",
  /// 6.2.2). The square is split into two exact parts, so that its rounding error does not grow in
  /// the exponent.
  @inline(__always)
  static func erfc(_ x: Floats) -> Floats {
    // Beyond 11 the result is 0 or 2.
    let most = Floats(repeating: 11)
    let size = absolute(x).replacing(with: most, where: absolute(x) .> most)
    let t = 1 / (1 + 0.5 * size)
    var p = t * 0.17087277 - 0.82215223
    p = p * t + 1.48851587
    p = p * t - 1.13520398
    p = p * t + 0.27886807
    p = p * t - 0.18628806
    p = p * t + 0.09678418
    p = p * t + 0.37409196
    p = p * t + 1.00002368
    p = p * t - 1.26551223
    let high = unsafeBitCast(
      unsafeBitCast(size, to: SIMD16<UInt32>.self) & 0xFFFF_F000, to: Floats.self)
    let rest = (high - size) * (high + size)
    let value = t * exp(-high * high) * exp(rest + p)
    return value.replacing(with: 2 - value, where: x .< Floats.zero)
  }

  /// `ln x`, lane by lane with the C library, because it is computed only once per target.
  @inline(__always)
  static func log(_ x: Floats) -> Floats {
    var result = x
    for lane in x.indices { result[lane] = Glibc.log(x[lane]) }
    return result
  }
}
