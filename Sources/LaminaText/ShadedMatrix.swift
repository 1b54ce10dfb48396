/// A matrix of counts as shades: each cell is two characters wide, so that it is about square.
package enum ShadedMatrix {
  private static let shades = Array("·░▒▓█")

  /// A row of text for each row of the matrix, its name at the left; a cell is the darker the
  /// larger its share of its row.
  ///
  /// - Parameter isColoured: Whether the diagonal is green and the rest red, by terminal escapes.
  package static func text(_ rows: [[Int]], names: [String], isColoured: Bool) -> String {
    let ends = names.map { Format.right(String($0.suffix(2)), 2) }.joined()
    let names = names.map { $0.count > 12 ? $0.prefix(11) + "…" : $0 }
    let width = names.map(\.count).max() ?? 0
    // The ends of names tell columns apart as far as two characters can.
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
    // Whatever is not zero can be seen.
    let level = share == 0 ? 0 : min(shades.count - 1, 1 + Int(share * Double(shades.count - 1)))
    let text = String(repeating: shades[level], count: 2)
    guard isColoured, level > 0 else { return text }
    return "\u{1b}[\(isHit ? 32 : 31)m\(text)\u{1b}[0m"
  }
}
