import Lamina

/// The random variations with which one digit is written.
///
/// Only sums, products and square roots are used, which every machine rounds in the same way, so a
/// seed gives the same picture everywhere.
struct DigitHand {
  /// The standard deviation of the points of the glyph, in hundredths of the box.
  private static let jitter: Float = 2

  /// Half the thickness of the pen, in pixels.
  let radius: Float
  /// The brightness of the ink, up to 255.
  let ink: Float
  /// The columns of the matrix that maps the glyph's box, centred at 0, to pixels.
  private let across: SIMD2<Float>
  private let down: SIMD2<Float>
  /// The centre of the box, in pixels.
  private let centre: SIMD2<Float>

  init(_ random: inout PhiloxGenerator) {
    let width = random.within(0.155...0.245)
    let height = random.within(0.185...0.255)
    let slant = 0.12 + 0.18 * random.bell()
    // Sine and cosine of a random rotation, without the functions, whose last bits differ by
    // library.
    let slope = 0.13 * random.bell()
    let cosine = 1 / (1 + slope * slope).squareRoot()
    let sine = slope * cosine
    across = SIMD2(cosine, sine) * width
    down = SIMD2(-slant * cosine - sine, -slant * sine + cosine) * height
    centre = SIMD2(random.bell(), random.bell()) * 1.4 + 13.5
    radius = random.within(0.85...1.6)
    ink = random.within(190...255)
  }

  /// The strokes of `glyph` as chains of straight segments, in pixels.
  func write(_ glyph: DigitGlyph, _ random: inout PhiloxGenerator) -> [[SIMD2<Float>]] {
    glyph.strokes.map { pieces in
      var chain: [SIMD2<Float>] = []
      for piece in pieces {
        var knots = chain.last.map { [$0] } ?? []
        for index in stride(from: 0, to: piece.count, by: 2) {
          knots.append(point(piece[index], piece[index + 1], &random))
        }
        Self.appendCurve(through: knots, to: &chain)
      }
      return chain
    }
  }

  private func point(_ x: Float, _ y: Float, _ random: inout PhiloxGenerator) -> SIMD2<Float> {
    let stray = SIMD2(random.bell(), random.bell()) * Self.jitter
    return across * (x - 50 + stray.x) + down * (y - 50 + stray.y) + centre
  }

  /// Appends a Catmull-Rom curve, cut into straight segments.
  private static func appendCurve(through knots: [SIMD2<Float>], to chain: inout [SIMD2<Float>]) {
    let segments = 5
    if chain.isEmpty, let first = knots.first { chain.append(first) }
    for index in knots.indices.dropLast() {
      let (from, to) = (knots[index], knots[index + 1])
      let leaving = (to - knots[max(index - 1, 0)]) * 0.5
      let arriving = (knots[min(index + 2, knots.count - 1)] - from) * 0.5
      for step in 1...segments {
        let t = Float(step) / Float(segments)
        // Horner's form of the cubic Hermite polynomial.
        let cubic = (from - to) * 2 + leaving + arriving
        let square = (to - from) * 3 - leaving * 2 - arriving
        chain.append(((cubic * t + square) * t + leaving) * t + from)
      }
    }
  }
}

extension PhiloxGenerator {
  mutating func within(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// An approximately normal number with mean 0 and standard deviation 1, within ±3.
  mutating func bell() -> Float { (uniform() + uniform() + uniform() - 1.5) * 2 }
}
