/// Multiplies the learning rate by ``factor`` after more than ``patience`` epochs in a row without
/// a new best value.
///
/// This is PyTorch's `ReduceLROnPlateau` with a relative threshold and without cool-down. The
/// minimum rate is a share of the optimiser's rate.
public struct ReduceOnPlateau: Sendable, Hashable, Codable {
  /// The factor of the rate.
  public var factor: Double
  /// The number of epochs without progress that the schedule tolerates.
  public var patience: Int
  /// The share by which the best value must be bettered.
  public var threshold: Double
  /// The share of the rate below which it does not fall.
  public var minimum: Double
  /// The value that should improve.
  public var metric: MonitoredMetric

  /// PyTorch's defaults unless told otherwise.
  public init(
    factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4, minimum: Double = 0,
    metric: MonitoredMetric = .loss
  ) {
    self.factor = factor
    self.patience = patience
    self.threshold = threshold
    self.minimum = minimum
    self.metric = metric
  }

  func validate() throws(NetworkError) {
    try require(
      factor > 0 && factor < 1, "the factor of the learning rate on a plateau", is: factor,
      wanted: "above 0 and below 1")
    try require(
      patience >= 0, "the patience of the learning rate", is: patience, wanted: "0 or more")
    try require(
      threshold >= 0 && threshold < 1, "the threshold of progress", is: threshold,
      wanted: "a share from 0 up to 1")
    try require(
      minimum >= 0 && minimum <= 1, "the least share of the learning rate", is: minimum,
      wanted: "from 0 to 1")
  }

  /// The state after some epochs.
  public struct State: Sendable, Hashable, Codable {
    /// The factor of the learning rate now.
    public private(set) var factor = 1.0
    private var best: Double?
    private var epochsWithoutProgress = 0

    /// Before the first epoch.
    public init() {}

    /// Records the value of an epoch. A value that is not finite is no progress.
    public mutating func observe(_ value: Double, _ rule: ReduceOnPlateau) {
      if isProgress(value, rule) {
        best = value
        epochsWithoutProgress = 0
      } else {
        epochsWithoutProgress += 1
      }
      if epochsWithoutProgress > rule.patience {
        factor = max(rule.minimum, factor * rule.factor)
        epochsWithoutProgress = 0
      }
    }

    private func isProgress(_ value: Double, _ rule: ReduceOnPlateau) -> Bool {
      guard value.isFinite else { return false }
      guard let best else { return true }
      return rule.metric.prefersLower
        ? value < best * (1 - rule.threshold) : value > best * (1 + rule.threshold)
    }
  }
}

/// The metric that decides if an epoch was better than another.
public enum MonitoredMetric: String, Sendable, Hashable, Codable, CaseIterable {
  case loss
  case accuracy

  /// True if lower values are better.
  public var prefersLower: Bool { self == .loss }
}
