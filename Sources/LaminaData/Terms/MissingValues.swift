/// What takes the place of missing values in the input columns of a table.
public enum MissingValues: String, Sendable, Codable, CaseIterable {
  /// The median of numbers and dates, and the most frequent category or truth value.
  case impute
  /// The same, and one more input per column that has missing values: 1 where the value is missing,
  /// 0 elsewhere.
  case flag
}
