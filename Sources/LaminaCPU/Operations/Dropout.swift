import Lamina

extension Operation.Dropout where B == CPUBackend {
  /// Each thread takes its rows.
  func tasks() -> TaskGroup {
    let (x, y) = (Rows(input), Rows(output))
    let hasPadding = x.hasPadding && y.hasPadding
    let (threshold, factor) = (SIMD16(repeating: mask.threshold), mask.factor)
    let (mask, adding, blocksPerRow) = (mask, isAdded, (x.columns + 3) / 4)
    return TaskGroup(self, "Dropout") { part in
      let random = PhiloxBlocks(mask, step: part.arguments.step)
      for row in part.rows(of: x.rows) {
        let (source, target) = (x[row], y[row])
        var block = UInt32(truncatingIfNeeded: (part.arguments.rowOffset + row) * blocksPerRow)
        var column = 0
        while column < x.columns {
          let kept = factor * source.vector(at: column, before: x.columns, hasPadding: hasPadding)
          // A dropped number becomes zero, even if it was NaN.
          var value = kept.replacing(with: Floats.zero, where: random.words(at: block) .< threshold)
          if adding {
            value += target.vector(at: column, before: x.columns, hasPadding: hasPadding)
          }
          target.store(value, at: column, before: x.columns, hasPadding: hasPadding)
          block &+= 4
          column &+= 16
        }
      }
    }
  }
}

/// ``Philox``, four blocks at a time, for one step of one layer.
struct PhiloxBlocks {
  private typealias Words = SIMD4<UInt32>
  private let key, stream: SIMD2<UInt32>
  private let step: UInt32

  init(_ mask: DropoutMask, step: Int) {
    key = SIMD2(truncatingIfNeeded: SIMD2(mask.seed, mask.seed >> 32))
    stream = SIMD2(truncatingIfNeeded: SIMD2(mask.stream, mask.stream >> 32))
    self.step = UInt32(truncatingIfNeeded: step)
  }

  /// The words of four blocks, one block after the other.
  @inline(__always)
  func words(at block: UInt32) -> SIMD16<UInt32> {
    // Each vector holds one word of each of the four blocks.
    var (a, b) = (Words(0, 1, 2, 3) &+ Words(repeating: block), Words(repeating: step))
    var (c, d) = (Words(repeating: stream.x), Words(repeating: stream.y))
    var key = key
    for _ in 0..<10 {
      let p = SIMD4<UInt64>(truncatingIfNeeded: a) &* SIMD4(repeating: 0xD251_1F53)
      let q = SIMD4<UInt64>(truncatingIfNeeded: c) &* SIMD4(repeating: 0xCD9E_8D57)
      a = Words(truncatingIfNeeded: q &>> 32) ^ b ^ Words(repeating: key.x)
      b = Words(truncatingIfNeeded: q)
      c = Words(truncatingIfNeeded: p &>> 32) ^ d ^ Words(repeating: key.y)
      d = Words(truncatingIfNeeded: p)
      key &+= SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return SIMD16(
      a[0], b[0], c[0], d[0], a[1], b[1], c[1], d[1], a[2], b[2], c[2], d[2], a[3], b[3], c[3],
      d[3])
  }
}
