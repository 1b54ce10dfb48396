import Lamina

/// Predictions as a table with commas and a header (RFC 4180, with LF).
struct CSVLines: PredictionLines {
  func head(_ layout: PredictionLayout) -> [UInt8] {
    var line: [UInt8] = []
    for (column, name) in layout.columns.enumerated() {
      if column > 0 { line.append(UInt8(ascii: ",")) }
      line += Self.field(Array(name.utf8)[...])
    }
    line.append(10)
    return line
  }

  func lines(_ rows: PredictionRows) -> [UInt8] {
    let names = rows.layout.outputs.map { Self.field(Array($0.utf8)[...]) }
    var text: [UInt8] = []
    text.reserveCapacity(rows.count * 32)
    for row in 0..<rows.count {
      for column in rows.kept {
        text += Self.field(rows.text(of: column, row))
        text.append(UInt8(ascii: ","))
      }
      append(rows, row, names, to: &text)
      if let probabilities = rows.probabilities {
        for place in row * rows.outputs..<(row + 1) * rows.outputs {
          text.append(UInt8(ascii: ","))
          text.append(probability: probabilities[place])
        }
      }
      text.append(10)
    }
    return text
  }

  private func append(
    _ rows: PredictionRows, _ row: Int, _ names: [[UInt8]], to text: inout [UInt8]
  ) {
    switch rows.predictions {
    case .classes(let classes, _):
      if let found = classes[row] { text += names[Int(found)] }
    case .labels(let labels, _):
      for output in 0..<rows.outputs {
        if output > 0 { text.append(UInt8(ascii: ",")) }
        text.append(UInt8(ascii: labels[row * rows.outputs + output] ? "1" : "0"))
      }
    case .values(let values):
      let width = rows.layout.width
      for output in 0..<width {
        if output > 0 { text.append(UInt8(ascii: ",")) }
        text.append(values[row * width + output], isSingle: rows.layout.areSingle)
      }
    }
  }

  /// A field, in quotes where it needs them: it has a comma, a quote, a line end, or blanks at its
  /// ends, which readers would lose.
  private static func field(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    let needsQuotes =
      text.contains { $0 == UInt8(ascii: ",") || $0 == quote || $0 == 10 || $0 == 13 }
      || text.first == 32 || text.last == 32 || text.first == 9 || text.last == 9
    guard needsQuotes else { return Array(text) }
    return [quote] + text.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }
}
