/// The order in which epochs visit examples. It depends only on the seed and the number of the
/// epoch.
public struct EpochOrder: Sendable {
  /// The number of examples.
  public let count: Int
  /// The seed of the order; nil keeps the order of the examples.
  public let seed: UInt64?
  /// The rows of the examples; nil for the first ``count``.
  private let rows: [Int32]?

  /// Orders `count` examples. They are shuffled if there is a seed.
  public init(count: Int, seed: UInt64?) {
    self.count = count
    self.seed = seed
    rows = nil
  }

  /// Orders the examples in some rows of a data set: shuffled where there is a seed.
  public init(rows: [Int32], seed: UInt64?) {
    count = rows.count
    self.seed = seed
    self.rows = rows
  }

  /// The row numbers of the epoch numbered `epoch`, counted from 1 (Fisher and Yates' shuffle).
  public func indices(epoch: Int) -> [Int32] {
    var order = rows ?? [Int32](0..<Int32(count))
    guard let seed, count > 1 else { return order }
    var generator = RandomStream.shuffling(epoch: epoch).generator(seed)
    generator.shuffle(&order)
    return order
  }
}

extension TrainingOptions {
  /// The order of the examples of a training: those of `rows`, or all `count` of the data set.
  public func order(of count: Int, rows: [Int32]? = nil) -> EpochOrder {
    let seed = shuffles ? self.seed : nil
    return rows.map { EpochOrder(rows: $0, seed: seed) } ?? EpochOrder(count: count, seed: seed)
  }
}
