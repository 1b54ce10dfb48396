/// The numbers of a batch that a layer drops. They depend only on seed, layer, step and position,
/// so that every backend drops the same numbers and the backward pass needs no copy of the mask.
///
/// The number in row `r` and column `c` uses word `c mod 4` of the block of the stream at `step <<
/// 32 | (r + rowOffset) · ⌈columns / 4⌉ + c / 4`, with the step and row offset of
/// ``StepArguments``. It is dropped if the word is below ``threshold``.
public struct DropoutMask: Sendable, Hashable, Codable {
  /// The share of numbers to drop, from 0 up to 1.
  public let rate: Float
  /// Names the generator's family of streams.
  public let seed: UInt64
  /// The stream of the layer.
  public let stream: UInt64

  /// The mask of a layer.
  public init(rate: Float, seed: UInt64, stream: UInt64) {
    self.rate = rate
    self.seed = seed
    self.stream = stream
  }

  /// Words below it drop their number.
  public var threshold: UInt32 { UInt32((Double(rate) * 0x1p32).rounded()) }
  /// The factor of the numbers that stay, which keeps the mean the same.
  public var factor: Float { 1 / (1 - rate) }
}
