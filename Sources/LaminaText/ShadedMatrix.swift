/// A matrix of counts as shades. Each cell is two characters wide, and so approximately square.
package enum ShadedMatrix {
  private static let shades = Array("·░▒▓█")

  /// One line of text per row of the matrix, with its name on the left. The larger the share of a
  /// cell in its row, the darker it is.
  ///
  /// - Parameter isColoured: Whether the diagonal is green and the rest red, by terminal escapes.
  package static func text(_ rows: [[Int]], names: [String], isColoured: Bool) -> String {
    let ends = names.map { Format.right(String($0.suffix(2)), 2) }.joined()
    let names = names.map { $0.count > 12 ? $0.prefix(11) + "…" : $0 }
    let width = names.map(\.count).max() ?? 0
    // Columns are labelled with the last two characters of their names.
    let head = String(repeating: " ", count: width + 1) + ends
    let lines = rows.enumerated().map { row, counts in
      let sum = max(1, counts.reduce(0, +))
      let cells = counts.enumerated().map { column, count in
        cell(Double(count) / Double(sum), isHit: row == column, isColoured)
      }
      return Format.right(names[row], width) + " " + cells.joined()
    }
    return ([head] + lines).map { $0 + "\n" }.joined()
  }

  private static func cell(_ share: Double, isHit: Bool, _ isColoured: Bool) -> String {
    // Every cell that is not zero is visible.
    let level = share == 0 ? 0 : min(shades.count - 1, 1 + Int(share * Double(shades.count - 1)))
    let text = String(repeating: shades[level], count: 2)
    guard isColoured, level > 0 else { return text }
    return "\u{1b}[\(isHit ? 32 : 31)m\(text)\u{1b}[0m"
  }
}
