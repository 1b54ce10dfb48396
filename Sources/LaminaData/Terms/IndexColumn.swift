/// What becomes of the first column of a table where it only counts or names the rows.
public enum IndexColumn: String, Sendable, Codable, CaseIterable {
  /// It is a column as any other.
  case keep
  /// It is left out, whatever it has.
  case ignore
}
