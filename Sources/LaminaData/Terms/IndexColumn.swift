/// The treatment of a first column that only counts or names the rows.
public enum IndexColumn: String, Sendable, Codable, CaseIterable {
  /// Treat it like any other column.
  case keep
  /// Leave it out, whatever it contains.
  case ignore
}
