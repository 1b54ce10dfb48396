/// What a network is to learn from a data set.
public enum DataTask: String, Sendable, Codable, CaseIterable {
  /// One class for each example.
  case classification
  /// For each of several labels whether it holds.
  case multiLabel = "multi_label"
  /// One or more numbers.
  case regression
  /// The inputs themselves.
  case autoEncoding = "auto_encoding"
}
