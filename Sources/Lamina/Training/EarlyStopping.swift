/// Ends a training that gets no better, and remembers the best epoch.
public struct EarlyStopping: Sendable, Hashable, Codable {
  /// The number of epochs in a row without a new best value after which training stops.
  public var patience: Int
  /// By how much an epoch must better the best one to count.
  public var minimumDelta: Double
  /// The value that should improve.
  public var metric: MonitoredMetric

  /// The rule of Keras' `EarlyStopping` with `restore_best_weights`.
  public init(patience: Int, minimumDelta: Double = 0, metric: MonitoredMetric = .loss) {
    self.patience = patience
    self.minimumDelta = minimumDelta
    self.metric = metric
  }

  /// Refuses values with which nothing could be decided.
  public func validate() throws(NetworkError) {
    try require(patience > 0, "the patience of early stopping", is: patience, wanted: "positive")
    try require(
      minimumDelta.isFinite && minimumDelta >= 0, "the least progress of early stopping",
      is: minimumDelta, wanted: "0 or more")
  }

  /// The state after some epochs.
  public struct State: Sendable {
    /// An epoch's value and parameters.
    public struct Best: Sendable {
      /// Its number, counted from 1.
      public let epoch: Int
      /// The value of the metric.
      public let value: Double
      /// The parameters at its end. ``Network/load(_:)`` restores them.
      public let parameters: NetworkParameters
    }

    /// The best epoch so far; nil as long as no value was finite.
    public private(set) var best: Best?
    private var epochsWithoutProgress = 0
    private let rule: EarlyStopping

    /// Before the first epoch.
    public init(_ rule: EarlyStopping) { self.rule = rule }

    /// True if the patience is at its end.
    public var shouldStop: Bool { epochsWithoutProgress >= rule.patience }

    /// Records the value of an epoch. A value that is not finite is no progress.
    ///
    /// - Parameters:
    ///   - value: The metric of the validation part.
    ///   - epoch: The number of the epoch.
    ///   - parameters: Called only if the epoch is the best so far.
    public mutating func observe<Failure: Error>(
      _ value: Double, epoch: Int, parameters: () throws(Failure) -> NetworkParameters
    ) throws(Failure) {
      guard isProgress(value) else {
        epochsWithoutProgress += 1
        return
      }
      best = Best(epoch: epoch, value: value, parameters: try parameters())
      epochsWithoutProgress = 0
    }

    private func isProgress(_ value: Double) -> Bool {
      guard value.isFinite else { return false }
      guard let best else { return true }
      return rule.metric.prefersLower
        ? value < best.value - rule.minimumDelta : value > best.value + rule.minimumDelta
    }
  }
}
