/// The terms of a sum over all elements of a vector.
public enum Magnitude: String, Sendable, CaseIterable, Codable {
  /// `Σ |x|`.
  case magnitudes
  /// `Σ x²`.
  case squares
}
