extension Operation {
  /// One evaluation of a loss over a batch.
  ///
  /// Writes the delta of the output layer. For each row `r` of the batch it adds the row's loss to
  /// `meter.losses[r]`, and adds 1 to `meter.hits[r]` if the largest output is the right one. Of
  /// equal outputs, the first is the largest. Each row has its own slot, so that no two threads add
  /// to the same number and the sums are the same in every run. Where each
  /// target has several outputs (``Loss/outputParts``), the first of each are compared.
  public struct LossEvaluation: OperationContent, Codable {
    /// The loss to evaluate.
    public let loss: Loss
    /// The elementwise activation that computed ``outputs``. Its derivative is computed from them
    /// and multiplied into ``delta``.
    public let activation: Activation
    /// The outputs of the network, batch × outputs: for each part of ``Loss/outputParts`` one column
    /// a target.
    public let outputs: Matrix<B>
    /// The right answers.
    public let targets: LossTargets<B>
    /// A factor for the loss and the delta of each example of the data set; nil for 1.
    public let weights: Vector<B>?
    /// The examples of the batch.
    public let batch: BatchIndices<B>
    /// The factor of each row's loss.
    public let lossScale: Float
    /// The factor of each row's delta.
    public let deltaScale: Float
    /// Receives the derivative with respect to the output layer's pre-activation. Can be
    /// ``outputs`` itself.
    public let delta: Matrix<B>
    /// The sums of losses and hits.
    public let meter: Meter<B>

    /// Puts the operands of a loss together.
    public init(
      loss: Loss, activation: Activation, outputs: Matrix<B>, targets: LossTargets<B>,
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
      check()
    }

    private func check() {
      precondition(
        outputs.rows == batch.count && delta.shape == outputs.shape
          && !outputs.isTransposed && !delta.isTransposed
          && meter.losses.count >= outputs.rows && meter.hits.count >= outputs.rows,
        "loss: \(outputs.shape) for a batch of \(batch.count), delta \(delta.shape)")
      precondition(
        activation.isElementwise && activation.derivativeSource == .output
          && (loss.outputActivations == nil || activation == .identity),
        "loss: \(activation) is no part of \(loss)")
      if case .values(let values) = targets {
        precondition(
          values.columns * loss.outputsPerTarget == outputs.columns && values.element == .float,
          "loss: targets of \(values.columns) columns for \(outputs.shape)")
      }
      precondition(
        outputs.columns % loss.outputsPerTarget == 0,
        "loss: \(outputs.columns) outputs for \(loss)")
    }

    /// The number of targets of an example.
    package var targetCount: Int { outputs.columns / loss.outputsPerTarget }

    package var name: String { loss.name }
    package var accesses: [Access<B>] {
      let rows = outputs.rows
      var accesses: [Access<B>] = [
        .matrix("outputs", outputs, .read, .rows),
        .indices("order", batch.indices, below: targets.count ?? batch.indices.count),
      ]
      switch targets {
      case .labels(let labels): accesses.append(.indices("labels", labels, below: targetCount))
      case .values(let values): accesses.append(.examples("targets", values))
      }
      if let weights {
        accesses.append(
          .vector("example weights", weights, .read, isNonnegative: true, isPerExample: true))
      }
      return accesses + [
        .matrix("delta", delta, .write, .rows), .slots("losses", meter.losses, rows: rows, .update),
        .slots("hits", meter.hits, rows: rows, .update),
      ]
    }
    package var units: Int { outputs.rows }
    package var work: Int { 16 * outputs.rows * outputs.columns }
    package var batchRows: Int? { outputs.rows }
    package var details: String {
      activation == .identity ? "" : "with the derivative of \(activation)"
    }
  }
}
