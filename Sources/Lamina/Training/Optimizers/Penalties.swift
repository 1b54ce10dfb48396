/// A penalty for large weights, which is added to the loss: `l1 · Σ |w| + l2 / 2 · Σ w²`.
///
/// Neither term is divided by the batch size. With the mean over the batch as reduction, `l2` is
/// the `λ` of `λ/2 · Σ w²`. In texts that write `λ / 2M` with a sum over `M` examples, it is `λ /
/// M`.
public struct Penalties: Sendable, Hashable, Codable {
  /// The factor of the sum of magnitudes; its gradient is `l1 · sign w`, 0 for `w = 0`.
  public var l1: Float
  /// Twice the factor of the sum of squares; its gradient is `l2 · w`.
  public var l2: Float

  /// No penalty unless told otherwise.
  public init(l1: Float = 0, l2: Float = 0) {
    self.l1 = l1
    self.l2 = l2
  }

  /// True if there is none.
  public var isEmpty: Bool { l1 == 0 && l2 == 0 }

  func validate() throws(NetworkError) {
    for (name, value) in [("the L1 penalty", l1), ("the L2 penalty", l2)] {
      try require(
        value.isFinite && value >= 0, name, is: value,
        wanted: "0 or a positive number such as 0.0001")
    }
  }
}
