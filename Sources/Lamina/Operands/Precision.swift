/// The precision of the factors of matrix products. Parameters, gradients and sums are always fp32, and
/// so is whatever is no product.
public enum Precision: String, CaseIterable, Codable, Sendable, CustomStringConvertible {
  /// Every product of two numbers and every sum in 24 bits.
  case fp32
  /// By tensor cores, each factor as the sum of two numbers in TF32: with the error of fp32.
  case tf32x3
  /// By tensor cores, factors rounded to 11 bits.
  case tf32
  /// Factors rounded to 8 bits.
  case bf16

  /// The name, as options have it.
  public var description: String { rawValue }

  /// The largest error of a product's result that its roundings explain, as a share of the norms of the
  /// row and the column that it is made of.
  public var errorBound: Double {
    switch self {
    // Sums of random numbers, up to some ten thousand.
    case .fp32, .tf32x3: 3e-6
    // Half of the last place of both factors, and sums that tensor cores cut off.
    case .tf32: 1.1e-3
    case .bf16: 4.1e-3
    }
  }
}
