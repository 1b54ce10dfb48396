/// The parameters of a normalisation, or values of the same shape, such as their gradients: one
/// number of each kind per column.
public struct NormalizationParameters<B: Backend>: Codable {
  /// The factor of a normalised number: PyTorch's `weight`.
  public let scale: Vector<B>
  /// The number added to the product: PyTorch's `bias`.
  public let shift: Vector<B>

  /// Pairs scale with shift.
  public init(scale: Vector<B>, shift: Vector<B>) {
    self.scale = scale
    self.shift = shift
  }
}

/// The statistics that a normalisation uses, of each column of a batch or of each row.
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
  /// The unbiased variance: for each batch, the sum of squares divided by the count minus one.
  public let variance: Vector<B>

  /// Pairs two vectors of the same length.
  public init(mean: Vector<B>, variance: Vector<B>) {
    self.mean = mean
    self.variance = variance
  }
}
