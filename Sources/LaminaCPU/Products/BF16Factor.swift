/// A factor of a product in memory, to be rounded to bf16 and packed by pairs of terms, which is what
/// processors multiply. Its lines are the rows of a left factor or the columns of a right one.
struct BF16Factor {
  private let start: UnsafeMutablePointer<Float>
  /// Numbers from one line to the next, and from one term to the next: one of both is 1.
  private let lineStride, termStride: Int

  init(left a: Rows) {
    start = a.start
    (lineStride, termStride) = a.isTransposed ? (1, a.stride) : (a.stride, 1)
  }

  init(right b: Rows) {
    start = b.start
    (lineStride, termStride) = b.isTransposed ? (b.stride, 1) : (1, b.stride)
  }

  /// The place of a pair, in pairs: lines and pairs of terms lie apart by so many. One of both is 1.
  struct Layout {
    let line, pair: Int
  }

  /// Packs `lines` × `terms`. A last term without another has zero with it.
  func pack(
    _ lines: Range<Int>, _ terms: Range<Int>, into pairs: UnsafeMutablePointer<UInt32>,
    _ layout: Layout
  ) {
    let first = start + lines.lowerBound * lineStride + terms.lowerBound * termStride
    if termStride == 1 {
      for line in 0..<lines.count {
        packAlong(
          first + line * lineStride, count: terms.count, pairs + line * layout.line, layout.pair)
      }
    } else {
      for pair in 0..<(terms.count + 1) / 2 {
        let low = first + 2 * pair * termStride
        let high = 2 * pair + 1 < terms.count ? low + termStride : nil
        packAcross(low, high, count: lines.count, pairs + pair * layout.pair, layout.line)
      }
    }
  }

  /// Terms that lie side by side, of one line.
  @inline(__always)
  private func packAlong(
    _ terms: UnsafePointer<Float>, count: Int, _ pairs: UnsafeMutablePointer<UInt32>, _ step: Int
  ) {
    var term = 0
    while term + 16 <= count {
      let numbers = UnsafeRawPointer(terms + term).loadUnaligned(as: SIMD16<Float>.self)
      let rounded = Self.rounded(numbers)
      Self.store(rounded.evenHalf &>> 16 | rounded.oddHalf, pairs + term / 2 * step, step)
      term += 16
    }
    while term < count {
      let high = term + 1 < count ? Self.rounded(terms[term + 1]) : 0
      pairs[term / 2 * step] = Self.rounded(terms[term]) >> 16 | high
      term += 2
    }
  }

  /// Two terms of lines that lie side by side.
  @inline(__always)
  private func packAcross(
    _ low: UnsafePointer<Float>, _ high: UnsafePointer<Float>?, count: Int,
    _ pairs: UnsafeMutablePointer<UInt32>, _ step: Int
  ) {
    var line = 0
    while line + 16 <= count {
      let first = UnsafeRawPointer(low + line).loadUnaligned(as: SIMD16<Float>.self)
      let second = high.map {
        UnsafeRawPointer($0 + line).loadUnaligned(as: SIMD16<Float>.self)
      }
      let rounded = Self.rounded(first) &>> 16 | Self.rounded(second ?? .zero)
      Self.store(rounded, pairs + line * step, step)
      line += 16
    }
    while line < count {
      pairs[line * step] = Self.rounded(low[line]) >> 16 | Self.rounded(high?[line] ?? 0)
      line += 1
    }
  }

  @inline(__always)
  private static func store<Pairs: SIMD<UInt32>>(
    _ values: Pairs, _ pairs: UnsafeMutablePointer<UInt32>, _ step: Int
  ) {
    if step == 1 {
      UnsafeMutableRawPointer(pairs).storeBytes(of: values, as: Pairs.self)
    } else {
      for index in values.indices { pairs[index * step] = values[index] }
    }
  }

  /// Rounded to the nearest, ties to even, in the upper halves; NaN stays NaN.
  @inline(__always)
  private static func rounded(_ numbers: SIMD16<Float>) -> SIMD16<UInt32> {
    let bits = unsafeBitCast(numbers, to: SIMD16<UInt32>.self)
    let sums = bits &+ 0x7FFF &+ (bits &>> 16 & 1)
    return sums.replacing(with: 0x7FC0_0000, where: numbers .!= numbers) & 0xFFFF_0000
  }

  @inline(__always)
  private static func rounded(_ number: Float) -> UInt32 {
    let bits = number.bitPattern
    return number.isNaN ? 0x7FC0_0000 : (bits &+ 0x7FFF &+ (bits >> 16 & 1)) & 0xFFFF_0000
  }
}
