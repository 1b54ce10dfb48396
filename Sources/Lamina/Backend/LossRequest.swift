/// One evaluation of a loss over a batch.
///
/// Writes the delta of the output layer and adds, for each row `r` of the batch, the row's loss to
/// `meter.losses[r]` and 1 to `meter.hits[r]` where the largest output is the right one. Rows have
/// slots of their own, so that no two threads of a device add to the same number and the sums are
/// the same in every run. The first of equal largest outputs counts.
public struct LossRequest<B: Backend> {
  /// The right answers of all examples of the data set.
  public enum Targets {
    /// The class of each example.
    case labels(Indices<B>)
    /// The values of each example, one a row.
    case values(Examples<B>)
  }

  /// The loss to evaluate.
  public let loss: Loss
  /// The elementwise activation that made ``outputs``, whose derivative follows from them and
  /// becomes a part of ``delta``.
  public let activation: Activation
  /// The outputs of the network, batch × outputs.
  public let outputs: Matrix<B>
  /// The right answers.
  public let targets: Targets
  /// What the loss and the delta of each example of the data set are multiplied by; nil for 1.
  public let weights: Vector<B>?
  /// Which examples the batch holds.
  public let batch: BatchIndices<B>
  /// What each row's loss is multiplied by.
  public let lossScale: Float
  /// What each row's delta is multiplied by.
  public let deltaScale: Float
  /// Receives the derivative by the output layer's pre-activation; may be ``outputs`` itself.
  public let delta: Matrix<B>
  /// Where losses and hits add up.
  public let meter: Meter<B>

  /// Puts the operands of a loss together.
  public init(
    loss: Loss, activation: Activation, outputs: Matrix<B>, targets: Targets,
    weights: Vector<B>? = nil, batch: BatchIndices<B>, lossScale: Float = 1, deltaScale: Float,
    delta: Matrix<B>, meter: Meter<B>
  ) {
    self.loss = loss
    self.activation = activation
    self.outputs = outputs
    self.targets = targets
    self.weights = weights
    self.batch = batch
    self.lossScale = lossScale
    self.deltaScale = deltaScale
    self.delta = delta
    self.meter = meter
  }
}

/// Sums of losses and counts of hits, one slot a row of the batch.
public struct Meter<B: Backend> {
  /// The sum of the losses seen in each row.
  public let losses: Vector<B>
  /// How often the largest output was the right one, in each row.
  public let hits: Vector<B>

  /// Pairs two vectors of the batch's length.
  public init(losses: Vector<B>, hits: Vector<B>) {
    self.losses = losses
    self.hits = hits
  }
}
