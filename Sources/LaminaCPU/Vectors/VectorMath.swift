/// Sixteen floats. A row of a matrix consists of a whole number of them.
///
/// Comparing with or replacing by another vector takes one instruction for four numbers. If one
/// side is a single number, Swift 6.3 processes lane by lane, so constants are vectors here.
typealias Floats = SIMD16<Float>

/// Elementary functions of sixteen numbers at a time, with an error of at most 2 units in the last
/// place.
///
/// NaN gives NaN, and infinities give the limits. Results below the smallest normal number can be
/// zero.
enum VectorMath {
  /// `e^x`: `x = n ln 2 + r` with `|r| ≤ ½ ln 2`, a polynomial for `e^r` (Cephes `expf`), and `n`
  /// added to the exponent in two halves, so that neither overflows alone.
  @inline(__always)
  static func exp(_ x: Floats) -> Floats {
    // Beyond these bounds the result is infinity or zero. NaN passes.
    let (least, most) = (Floats(repeating: -105), Floats(repeating: 89))
    let bounded = x.replacing(with: most, where: x .> most).replacing(
      with: least, where: x .< least)
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

  /// `tanh x`: near zero the odd polynomial of Cephes' `tanhf`, otherwise `1 - 2 / (e^2|x| + 1)`
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
    return near.replacing(with: signed, where: size .>= Floats(repeating: 0.625))
  }

  /// `|x|`.
  @inline(__always)
  static func absolute(_ x: Floats) -> Floats {
    unsafeBitCast(unsafeBitCast(x, to: SIMD16<UInt32>.self) & 0x7FFF_FFFF, to: Floats.self)
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

  /// The floats from `index` on that are before `count`, and zeros for the rest of the sixteen.
  ///
  /// - Parameter hasPadding: Whether there are enough zeros after `count` to read a whole vector.
  @inline(__always)
  func vector(at index: Int, before count: Int, hasPadding: Bool) -> Floats {
    if index &+ 16 <= count || hasPadding { return vector(at: index) }
    return vectorOfScalars(index..<count)
  }

  /// Stores the floats of a vector from `index` on that are before `count`.
  ///
  /// - Parameter hasPadding: Whether the rest of the vector is padding, which is set to zero.
  @inline(__always)
  func store(_ vector: Floats, at index: Int, before count: Int, hasPadding: Bool) {
    if index &+ 16 <= count { return store(vector, at: index) }
    guard hasPadding else { return storeScalars(vector, index..<count) }
    store(vector.zeroed(from: count &- index), at: index)
  }

  @inline(never)
  private func vectorOfScalars(_ range: Range<Int>) -> Floats {
    var vector = Floats()
    for (lane, index) in range.enumerated() { vector[lane] = self[index] }
    return vector
  }

  @inline(never)
  private func storeScalars(_ vector: Floats, _ range: Range<Int>) {
    for (lane, index) in range.enumerated() { self[index] = vector[lane] }
  }

  /// Replaces each of the first `count` floats by a function of itself and of the float at the same
  /// index in `other`.
  @inline(__always)
  func combine(
    with other: UnsafeMutablePointer<Float>, count: Int, hasPadding: Bool,
    _ function: (Floats, Floats) -> Floats
  ) {
    assign(self, other, count: count, hasPadding: hasPadding, function)
  }

  /// Sets each of the first `count` floats to a function of those at the same index in `a` and `b`,
  /// sixteen at a time. The numbers beyond `count` do not change. All can be the same memory.
  ///
  /// - Parameter hasPadding: Whether whole vectors can be read and written, because rows start at
  ///   multiples of sixteen.
  @inline(__always)
  func assign(
    _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>, count: Int,
    hasPadding: Bool, _ function: (Floats, Floats) -> Floats
  ) {
    var index = 0
    while index &+ 16 <= count {
      store(function(a.vector(at: index), b.vector(at: index)), at: index)
      index &+= 16
    }
    guard index < count else { return }
    if hasPadding {
      let isPadding = Floats.lanes(from: count &- index)
      let new = function(a.vector(at: index), b.vector(at: index))
      return store(new.replacing(with: vector(at: index), where: isPadding), at: index)
    }
    assignScalars(a, b, index..<count, function)
  }

  /// ``assign(_:_:count:hasPadding:_:)`` where a vector would reach into another row.
  @inline(never)
  private func assignScalars(
    _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>, _ range: Range<Int>,
    _ function: (Floats, Floats) -> Floats
  ) {
    var (first, second) = (Floats(), Floats())
    for (lane, index) in range.enumerated() {
      first[lane] = a[index]
      second[lane] = b[index]
    }
    let result = function(first, second)
    for (lane, index) in range.enumerated() { self[index] = result[lane] }
  }
}

extension Floats {
  /// True for the lanes from `count` on.
  @inline(__always)
  static func lanes(from count: Int) -> SIMDMask<SIMD16<Int32>> {
    SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
      .>= SIMD16<Int32>(repeating: Int32(truncatingIfNeeded: count))
  }

  /// The same numbers, but zeros from lane `count` on.
  @inline(__always)
  func zeroed(from count: Int) -> Floats {
    replacing(with: Floats.zero, where: Self.lanes(from: count))
  }
}
