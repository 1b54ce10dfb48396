import Lamina

/// The predictions for consecutive examples, with the columns that are passed through.
struct PredictionRows: Sendable {
  let layout: PredictionLayout
  /// The place of the first example in ``kept``.
  let first: Int
  let count: Int
  let kept: [TextColumn]
  let predictions: TaskPrediction

  /// The number of outputs, and so of probabilities, of an example.
  var outputs: Int { layout.outputs.count }

  /// The text of a kept column for an example.
  func text(of column: TextColumn, _ row: Int) -> ArraySlice<UInt8> {
    column.bytes[column.range(of: first + row)]
  }

  /// The probabilities of all examples, row by row; nil if there are none.
  var probabilities: [Float]? {
    switch predictions {
    case .classes(_, let probabilities), .labels(_, let probabilities): probabilities
    case .values: nil
    }
  }
}

/// A format of text, one line per example.
protocol PredictionLines: Sendable {
  /// The line before the examples, or nothing.
  func head(_ layout: PredictionLayout) -> [UInt8]
  /// The lines of some examples.
  func lines(_ rows: PredictionRows) -> [UInt8]
}

extension [UInt8] {
  /// Appends a number in the shortest notation that reads back as the same number.
  mutating func append(_ number: Double, isSingle: Bool) {
    if isSingle {
      self += Float(number).description.utf8
    } else {
      self += number.description.utf8
    }
  }

  /// Appends a probability.
  mutating func append(probability: Float) { self += probability.description.utf8 }
}
