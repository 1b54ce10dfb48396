/// The right answers of all examples of a data set.
public enum LossTargets<B: Backend>: Codable {
  /// The class of each example.
  case labels(Indices<B>)
  /// The values of each example, one a row.
  case values(Examples<B>)

  /// The number of examples.
  var count: Int? {
    switch self {
    case .labels(let labels): labels.count
    case .values(let values): values.rows
    }
  }
}

/// Sums of losses and counts of hits, one slot a row of the batch.
public struct Meter<B: Backend>: Codable {
  /// The sum of the losses seen in each row.
  public let losses: Vector<B>
  /// The number of times that the largest output was the right one, in each row.
  public let hits: Vector<B>

  /// Pairs two vectors of the batch's length.
  public init(losses: Vector<B>, hits: Vector<B>) {
    self.losses = losses
    self.hits = hits
  }
}
