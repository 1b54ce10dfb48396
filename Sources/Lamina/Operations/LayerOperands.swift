/// The parameters of a normalisation, or anything of the same shape, such as their gradients: one
/// number a column each.
public struct NormalizationParameters<B: Backend>: Codable {
  /// What a normalised number is multiplied by; PyTorch's `weight`.
  public let scale: Vector<B>
  /// What is added then; PyTorch's `bias`.
  public let shift: Vector<B>

  /// Pairs scale with shift.
  public init(scale: Vector<B>, shift: Vector<B>) {
    self.scale = scale
    self.shift = shift
  }
}

/// What a normalisation subtracts and multiplies by: of each column of a batch, or of each row.
public struct NormalizationStatistics<B: Backend>: Codable {
  /// The mean.
  public let mean: Vector<B>
  /// `1 / √(variance + epsilon)`, with the variance that divides by the count.
  public let inverseDeviation: Vector<B>

  /// Pairs two vectors of the same length.
  public init(mean: Vector<B>, inverseDeviation: Vector<B>) {
    self.mean = mean
    self.inverseDeviation = inverseDeviation
  }
}

/// Mean and variance of each column over the batches of training, the latest counting most.
public struct RunningStatistics<B: Backend>: Codable {
  /// The mean.
  public let mean: Vector<B>
  /// The variance, without bias: of each batch the sum of squares over the count less one.
  public let variance: Vector<B>

  /// Pairs two vectors of the same length.
  public init(mean: Vector<B>, variance: Vector<B>) {
    self.mean = mean
    self.variance = variance
  }
}

/// Which numbers of a batch one layer drops: a pure function of seed, layer, step and place, so that
/// every backend drops the same ones, and the backward pass needs no copy of them.
///
/// The number in row `r` and column `c` takes word `c mod 4` of the block of the stream at
/// `step << 32 | (r + rowOffset) · ⌈columns / 4⌉ + c / 4`, where step and row offset are those of
/// ``StepArguments``. It is dropped where the word is below ``threshold``.
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
  /// What numbers that stay are multiplied by, so that the mean stays the same.
  public var factor: Float { 1 / (1 - rate) }
}
