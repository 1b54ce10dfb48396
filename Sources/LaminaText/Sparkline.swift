/// Numbers as a line of blocks of different heights.
package enum Sparkline {
  private static let blocks = Array("▁▂▃▄▅▆▇█")

  /// One character per value, for the last `width` values.
  package static func text(_ values: [Double], width: Int = 60) -> String {
    let shown = values.suffix(width)
    let finite = shown.filter(\.isFinite)
    guard let least = finite.min(), let most = finite.max() else {
      return String(repeating: " ", count: shown.count)
    }
    return String(
      shown.map { value in
        guard value.isFinite else { return " " }
        let share = most > least ? (value - least) / (most - least) : 0.5
        return blocks[min(blocks.count - 1, Int(share * Double(blocks.count)))]
      })
  }
}
