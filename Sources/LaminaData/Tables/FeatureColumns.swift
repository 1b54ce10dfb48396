import Lamina

/// The input columns of a table, and what is made of their fields.
struct FeatureColumns {
  let readers: [FeatureReader]
  /// Makes inputs of cells; nil for columns that are yet to be fitted.
  let encoder: RowEncoder?
  /// The notation of numbers.
  let format: NumberFormat

  /// The columns of a model, whose inputs are known.
  init(fitted match: SchemaMatch, _ format: NumberFormat = .plain) {
    readers = zip(match.features, match.schema.columns).map { place, column in
      FeatureReader(place, column, format, missing: nil, collects: false)
    }
    encoder = RowEncoder(match.schema.columns)
    self.format = format
  }

  /// Columns that are yet to be fitted.
  ///
  /// - Parameters:
  ///   - columns: The index and the content of each column.
  ///   - missing: The treatment of missing values.
  ///   - format: The notation of numbers.
  init(
    unfitted columns: [(index: Int, column: DataSchema.Column)], missing: MissingValues?,
    _ format: NumberFormat = .plain
  ) {
    readers = columns.map { index, column in
      FeatureReader(index, column, format, missing: missing, collects: true)
    }
    encoder = nil
    self.format = format
  }
}
