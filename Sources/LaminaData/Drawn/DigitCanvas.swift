/// A picture of one digit while it is being drawn.
struct DigitCanvas {
  static let size = 28

  /// The squared distance of each pixel's centre to the nearest segment, in pixels.
  private var distances = [Float](repeating: .infinity, count: size * size)

  mutating func clear() {
    for index in distances.indices { distances[index] = .infinity }
  }

  /// Adds the line through `points`. Pixels farther from it than `reach` do not change.
  mutating func add(_ points: [SIMD2<Float>], reach: Float) {
    for (start, end) in zip(points, points.dropFirst()) {
      addSegment(from: start, to: end, reach: reach)
    }
  }

  private mutating func addSegment(from start: SIMD2<Float>, to end: SIMD2<Float>, reach: Float) {
    let low = pointwiseMin(start, end) - reach
    let high = pointwiseMax(start, end) + reach
    let columns = Self.pixels(from: low.x, to: high.x)
    let rows = Self.pixels(from: low.y, to: high.y)
    let along = end - start
    // A segment of length 0 is a point.
    let scale = 1 / max((along * along).sum(), 1e-6)
    for row in rows {
      for column in columns {
        let offset = SIMD2(Float(column), Float(row)) - start
        let share = min(max((offset * along).sum() * scale, 0), 1)
        let apart = offset - along * share
        let index = row * Self.size + column
        distances[index] = min(distances[index], (apart * apart).sum())
      }
    }
  }

  private static func pixels(from low: Float, to high: Float) -> Range<Int> {
    let first = max(0, Int(low.rounded(.up)))
    let last = min(size - 1, Int(high.rounded(.down)))
    return first..<max(first, last + 1)
  }

  /// The share of a pixel, from 0 to 1, that a pen of `radius` covers along the added lines.
  func coverage(radius: Float, at index: Int) -> Float {
    let reach = radius + 0.5
    guard distances[index] < reach * reach else { return 0 }
    return min(reach - distances[index].squareRoot(), 1)
  }
}
