import CProcessor
import Lamina

extension Operation.Dropout where B == CPUBackend {
  /// Each thread takes its rows.
  func tasks() -> TaskGroup {
    let (x, y) = (Rows(input), Rows(output))
    let hasPadding = x.hasPadding && y.hasPadding
    let (threshold, factor) = (SIMD16(repeating: mask.threshold), mask.factor)
    let (mask, adding, blocksPerRow) = (mask, isAdded, (x.columns + 3) / 4)
    return TaskGroup(self, "Dropout") { part in
      let random = MaskWords(mask, step: part.arguments.step)
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4 * MaskWords.blocks) { memory in
        guard let words = memory.baseAddress else { return }
        for row in part.rows(of: x.rows) {
          let (source, target) = (x[row], y[row])
          var block = (part.arguments.rowOffset + row) * blocksPerRow
          for column in stride(from: 0, to: x.columns, by: 16) {
            let place = column % (4 * MaskWords.blocks)
            if place == 0 {
              let rest = (x.columns - column + 15) / 16 * 4
              random.write(to: words, from: block, count: min(rest, MaskWords.blocks))
              block += MaskWords.blocks
            }
            let kept = factor * source.vector(at: column, before: x.columns, hasPadding: hasPadding)
            // A dropped number becomes zero, even if it was NaN.
            var value = kept.replacing(
              with: Floats.zero, where: (words + place).sixteen .< threshold)
            if adding {
              value += target.vector(at: column, before: x.columns, hasPadding: hasPadding)
            }
            target.store(value, at: column, before: x.columns, hasPadding: hasPadding)
          }
        }
      }
    }
  }
}

/// The words of ``Philox`` that decide what one step of one layer drops.
private struct MaskWords {
  private let key, stream: SIMD2<UInt32>
  private let step: UInt32

  /// The number of blocks at a time: 4 KiB of words, which stay in the nearest cache.
  static let blocks = 256

  init(_ mask: DropoutMask, step: Int) {
    key = SIMD2(truncatingIfNeeded: SIMD2(mask.seed, mask.seed >> 32))
    stream = SIMD2(truncatingIfNeeded: SIMD2(mask.stream, mask.stream >> 32))
    self.step = UInt32(truncatingIfNeeded: step)
  }

  /// Writes the words of `count` blocks.
  @inline(__always)
  func write(to words: UnsafeMutablePointer<UInt32>, from block: Int, count: Int) {
    philoxBlocks(
      words, count, UInt32(truncatingIfNeeded: block), step, stream.x, stream.y, key.x, key.y)
  }
}

extension UnsafeMutablePointer<UInt32> {
  /// The first sixteen words.
  @inline(__always)
  fileprivate var sixteen: SIMD16<UInt32> {
    UnsafeRawPointer(self).loadUnaligned(as: SIMD16<UInt32>.self)
  }
}
