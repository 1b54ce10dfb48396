import Lamina

/// Predictions as numpy's array: classes as texts, labels as booleans, numbers as 64-bit floats,
/// probabilities as 32-bit floats. Several outputs are the columns of a matrix.
struct NPYContent: Sendable {
  /// The length of the header, which has room for the number of rows.
  static let headerLength = NPYHeader.usualLength

  private let type: String
  /// The number of columns; nil for an array of one dimension.
  private let columns: Int?
  /// The characters of the longest class.
  private let width: Int

  init(_ layout: PredictionLayout) {
    width = max(1, layout.outputs.map(\.unicodeScalars.count).max() ?? 1)
    if layout.tellsProbabilities {
      (type, columns) = ("<f4", layout.outputs.count)
    } else {
      switch layout.task {
      case .classification: (type, columns) = ("<U\(width)", nil)
      case .multiLabel: (type, columns) = ("|b1", layout.outputs.count)
      case .regression, .autoEncoding:
        (type, columns) = ("<f8", layout.width == 1 ? nil : layout.width)
      }
    }
  }

  /// The header of an array of `rows` rows.
  func header(rows: Int) -> [UInt8] {
    NPYHeader.bytes(type: type, shape: [rows] + (columns.map { [$0] } ?? []))
  }

  /// The elements of some examples.
  func elements(_ rows: PredictionRows) -> [UInt8] {
    if let probabilities = rows.probabilities { return memoryBytes(of: probabilities) }
    switch rows.predictions {
    case .classes(let classes, _):
      let names = rows.layout.outputs.map(text)
      let none = text("")
      return classes.flatMap { $0.map { names[Int($0)] } ?? none }
    case .labels(let labels, _): return labels.map { $0 ? 1 : 0 }
    case .values(let values): return memoryBytes(of: values)
    }
  }

  /// A text in UTF-32, padded with zeros.
  private func text(_ text: String) -> [UInt8] {
    let scalars = text.unicodeScalars.map(\.value)
    let padded = scalars + [UInt32](repeating: 0, count: width - scalars.count)
    return memoryBytes(of: padded.map(\.littleEndian))
  }
}
