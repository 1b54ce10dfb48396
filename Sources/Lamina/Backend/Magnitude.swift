/// What a sum over all elements of a vector adds up.
public enum Magnitude: Sendable, CaseIterable {
  /// `Σ |x|`.
  case magnitudes
  /// `Σ x²`.
  case squares
}
