/// A plot of successive values, as lines of text with a scale on the left.
package enum TerminalPlot {
  /// One column per value, for the last `width` values. The bottom is 0.
  package static func text(_ values: [Double], width: Int = 60, height: Int = 8) -> String {
    let shown = values.suffix(width).map { $0.isFinite ? max(0, $0) : 0 }
    guard let most = shown.max(), most > 0 else { return "" }
    let eighths = Array(" ▁▂▃▄▅▆▇█")
    let scale = Format.rate(most)
    return (0..<height).reversed().map { row in
      let label = row == height - 1 ? scale : row == 0 ? "0" : ""
      let cells = shown.map { value in
        let filled = value / most * Double(height * 8) - Double(row * 8)
        return eighths[min(8, max(0, Int(filled.rounded())))]
      }
      return Format.right(label, scale.count) + " │" + String(cells) + "\n"
    }.joined()
  }
}
