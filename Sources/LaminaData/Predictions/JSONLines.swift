import Lamina

/// Predictions as a JSON object per line: the kept columns as strings, `prediction`, and
/// `probabilities` by the names of the outputs. Numbers that JSON cannot represent are null.
struct JSONLines: PredictionLines {
  func head(_ layout: PredictionLayout) -> [UInt8] { [] }

  func lines(_ rows: PredictionRows) -> [UInt8] {
    let layout = rows.layout
    let kept = layout.kept.map { Self.quoted($0.utf8) + [UInt8(ascii: ":")] }
    let names = layout.outputs.map { Self.quoted($0.utf8) }
    let groups = layout.groups.map { group in
      (
        name: Self.quoted(group.name.utf8) + [UInt8(ascii: ":")],
        labels: group.labels.contains(nil)
          ? nil : group.labels.map { Self.quoted(($0 ?? "").utf8) }
      )
    }
    var text: [UInt8] = []
    for row in 0..<rows.count {
      text.append(UInt8(ascii: "{"))
      for (name, column) in zip(kept, rows.kept) {
        text += name
        text += Self.quoted(rows.text(of: column, row))
        text.append(UInt8(ascii: ","))
      }
      if case .values(let values) = rows.predictions {
        append(values, row, of: rows, groups, to: &text)
      } else {
        text += groups[0].name
        append(rows, row, names, to: &text)
      }
      if let probabilities = rows.probabilities {
        text += ",\"probabilities\":".utf8
        Self.object(names, to: &text) { text, output in
          Self.append(Double(probabilities[row * rows.outputs + output]), isSingle: true, to: &text)
        }
      }
      text += "}\n".utf8
    }
    return text
  }

  private func append(
    _ rows: PredictionRows, _ row: Int, _ names: [[UInt8]], to text: inout [UInt8]
  ) {
    let start = row * rows.outputs
    switch rows.predictions {
    case .classes(let classes, _):
      if let found = classes[row] { text += names[Int(found)] } else { text += "null".utf8 }
    case .labels(let labels, _):
      Self.object(names, to: &text) { text, output in
        text += (labels[start + output] ? "true" : "false").utf8
      }
    case .values: break
    }
  }

  /// Appends the numbers of an example, one member for each group.
  private func append(
    _ values: [Double], _ row: Int, of rows: PredictionRows,
    _ groups: [(name: [UInt8], labels: [[UInt8]]?)], to text: inout [UInt8]
  ) {
    let isSingle = rows.layout.areSingle
    var start = row * rows.layout.width
    for (number, group) in groups.enumerated() {
      if number > 0 { text.append(UInt8(ascii: ",")) }
      text += group.name
      if let labels = group.labels {
        Self.object(labels, to: &text) { text, output in
          Self.append(values[start + output], isSingle: isSingle, to: &text)
        }
      } else {
        Self.append(values[start], isSingle: isSingle, to: &text)
      }
      start += group.labels?.count ?? 1
    }
  }

  private static func object(
    _ names: [[UInt8]], to text: inout [UInt8], _ value: (inout [UInt8], Int) -> Void
  ) {
    text.append(UInt8(ascii: "{"))
    for (output, name) in names.enumerated() {
      if output > 0 { text.append(UInt8(ascii: ",")) }
      text += name
      text.append(UInt8(ascii: ":"))
      value(&text, output)
    }
    text.append(UInt8(ascii: "}"))
  }

  private static func append(_ number: Double, isSingle: Bool, to text: inout [UInt8]) {
    if number.isFinite {
      text.append(number, isSingle: isSingle)
    } else {
      text += "null".utf8
    }
  }

  /// A JSON string.
  private static func quoted(_ text: some Sequence<UInt8>) -> [UInt8] {
    var quoted: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): quoted += [UInt8(ascii: "\\"), byte]
      case 0..<32, 127:
        quoted += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: quoted.append(byte)
      }
    }
    return quoted + [UInt8(ascii: "\"")]
  }
}
