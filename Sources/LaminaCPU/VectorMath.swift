/// Sixteen floats: a row of a matrix is a whole number of them.
typealias Floats = SIMD16<Float>

/// Elementary functions on sixteen numbers at a time, at most 2 units in the last place off.
///
/// NaN gives NaN; infinities give the limits. Results below the smallest normal number may be zero.
enum VectorMath {
  /// `e^x`: `x = n ln 2 + r` with `|r| ≤ ½ ln 2`, a polynomial for `e^r` (Cephes `expf`), and `n`
  /// put into the exponent in two halves, so that neither overflows alone.
  @inline(__always)
  static func exp(_ x: Floats) -> Floats {
    // Beyond these the result is infinity or zero in any case; NaN passes.
    var bounded = x
    bounded.replace(with: 89, where: x .> 89)
    bounded.replace(with: -105, where: x .< -105)
    // Adding and subtracting 1.5 · 2^23 rounds to the nearest whole number.
    let shifted = bounded * 1.442695040 + 12_582_912
    let n = shifted - 12_582_912
    let r = (bounded - n * 0.693359375) - n * -2.12194440e-4
    var p = r * 1.9875691500e-4 + 1.3981999507e-3
    p = p * r + 8.3334519073e-3
    p = p * r + 4.1665795894e-2
    p = p * r + 1.6666665459e-1
    p = p * r + 5.0000001201e-1
    p = p * r * r + r + 1
    let bits = SIMD16<Int32>(truncatingIfNeeded: unsafeBitCast(shifted, to: SIMD16<Int32>.self))
    let exponent = bits &- 0x4B40_0000
    let half = exponent &>> 1
    return p * power(of2: half) * power(of2: exponent &- half)
  }

  /// `1 / (1 + e^-x)`.
  @inline(__always)
  static func logistic(_ x: Floats) -> Floats { 1 / (1 + exp(-x)) }

  /// `tanh x`: near zero the odd polynomial of Cephes' `tanhf`, elsewhere `1 - 2 / (e^2|x| + 1)`
  /// with the sign of `x`.
  @inline(__always)
  static func tanh(_ x: Floats) -> Floats {
    let square = x * x
    var p = square * -5.70498872745e-3 + 2.06390887954e-2
    p = p * square - 5.37397155531e-2
    p = p * square + 1.33314422036e-1
    p = p * square - 3.33332819422e-1
    let near = p * square * x + x
    let signs = unsafeBitCast(x, to: SIMD16<UInt32>.self) & 0x8000_0000
    let size = unsafeBitCast(
      unsafeBitCast(x, to: SIMD16<UInt32>.self) & 0x7FFF_FFFF, to: Floats.self)
    let far = 1 - 2 / (exp(size + size) + 1)
    let signed = unsafeBitCast(unsafeBitCast(far, to: SIMD16<UInt32>.self) | signs, to: Floats.self)
    return near.replacing(with: signed, where: size .>= 0.625)
  }

  /// `2^n` for `-126 ≤ n ≤ 127`.
  @inline(__always)
  private static func power(of2 n: SIMD16<Int32>) -> Floats {
    unsafeBitCast((n &+ 127) &<< 23, to: Floats.self)
  }
}

extension UnsafeMutablePointer<Float> {
  /// The sixteen floats from `index` on.
  @inline(__always)
  func vector(at index: Int) -> Floats {
    UnsafeRawPointer(self + index).loadUnaligned(as: Floats.self)
  }

  /// Stores sixteen floats from `index` on.
  @inline(__always)
  func store(_ vector: Floats, at index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: vector, as: Floats.self)
  }

  /// Replaces each of the first `count` floats by a function of itself and of those at the same
  /// place in `other`, sixteen at a time; the numbers beyond `count` are neither read nor changed.
  @inline(__always)
  func combine(
    with other: UnsafeMutablePointer<Float>, count: Int, _ function: (Floats, Floats) -> Floats
  ) {
    var index = 0
    while index &+ 16 <= count {
      store(function(vector(at: index), other.vector(at: index)), at: index)
      index &+= 16
    }
    guard index < count else { return }
    var (own, others) = (Floats(), Floats())
    for lane in 0..<count - index {
      own[lane] = self[index + lane]
      others[lane] = other[index + lane]
    }
    let result = function(own, others)
    for lane in 0..<count - index { self[index + lane] = result[lane] }
  }
}
