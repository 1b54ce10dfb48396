/// The format of a file of predictions.
public enum PredictionFormat: String, Sendable, CaseIterable {
  /// A table with a header.
  case csv
  /// A JSON object per line.
  case jsonl
  /// numpy's array.
  case npy

  /// The format that the name of a file implies; nil for other names.
  public init?(path: String) {
    let name = path.lowercased()
    guard let format = Self.allCases.first(where: { name.hasSuffix(".\($0.rawValue)") }) else {
      return nil
    }
    self = format
  }
}
