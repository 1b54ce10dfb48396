import Lamina

/// Makes inputs of the cells of a table, by columns that were fitted to its training part.
struct FittedColumns {
  private let encoder: RowEncoder
  /// The place among the fitted categories of each category of a column; nil for other columns.
  private let places: [[Double]?]
  private let hasCells: Bool
  private let unscaled: Set<Int>

  /// - Parameters:
  ///   - found: The data with their cells.
  ///   - columns: The fitted columns.
  init(_ found: FoundData, _ columns: [DataSchema.Column]) {
    encoder = RowEncoder(columns)
    hasCells = found.hasCells
    unscaled = columns.unscaledInputs
    places = zip(found.columns, columns).map { old, new in
      guard case .categories(let old) = old.content, case .categories(let new) = new.content else {
        return nil
      }
      let known = Dictionary(places: new.values)
      return old.values.map { known[ExactText($0)].map { Double($0) } ?? RowEncoder.unknown }
    }
  }

  /// The parts with inputs in the place of cells.
  ///
  /// - Parameters:
  ///   - split: The parts with cells.
  ///   - decisions: Gets a note on categories that the training part does not have.
  func inputs(of split: DatasetSplit, _ decisions: inout [DataDecision]) -> DatasetSplit {
    for part in [split.validation, split.test].compactMap(\.self) {
      decisions += unknownValues(part).filter { !decisions.contains($0) }
    }
    return DatasetSplit(
      train: inputs(of: split.train), validation: split.validation.map(inputs(of:)),
      test: inputs(of: split.test))
  }

  /// The data set with inputs in the place of cells.
  func inputs(of dataset: Dataset) -> Dataset {
    guard hasCells, case .doubles(let cells) = dataset.inputs else { return dataset }
    var result = dataset
    if !encoder.isIdentity {
      var inputs: [Double] = []
      inputs.reserveCapacity(dataset.count * encoder.width)
      for row in 0..<dataset.count {
        let cells = cells[row * places.count..<(row + 1) * places.count]
        encoder.append(zip(cells, places).map(Self.fitted), to: &inputs)
      }
      result = dataset.with(
        inputs: .doubles(inputs), features: encoder.width,
        featureNames: encoder.columns.inputNames)
    }
    result.unscaledFeatures = unscaled
    result.embeddedColumns = encoder.columns.embeddedColumns
    return result
  }

  /// A summary of each column in a part with cells; empty without cells.
  func summaries(of part: Dataset) -> [ColumnSummary] {
    guard hasCells, case .doubles(let cells) = part.inputs else { return [] }
    return encoder.columns.indices.map { column in
      ColumnSummary(
        encoder.columns[column],
        stride(from: column, to: cells.count, by: places.count).map {
          Self.fitted(cells[$0], places[column])
        })
    }
  }

  private static func fitted(_ cell: Double, _ places: [Double]?) -> Double {
    guard let places, !cell.isNaN else { return cell }
    return places[Int(cell)]
  }

  private func unknownValues(_ part: Dataset) -> [DataDecision] {
    guard hasCells, case .doubles(let cells) = part.inputs else { return [] }
    return places.indices.compactMap { column in
      guard let places = places[column], places.contains(RowEncoder.unknown) else { return nil }
      let isUnknown = stride(from: column, to: cells.count, by: self.places.count).contains {
        Self.fitted(cells[$0], places) == RowEncoder.unknown
      }
      guard isUnknown else { return nil }
      let name = encoder.columns[column].name
      return DataDecision(
        subject: "unknown-values",
        text: "column \(shortened(name)) has values in other parts that the training part does not "
          + "have: their inputs are 0", column: name)
    }
  }
}
