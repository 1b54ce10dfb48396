extension Backend {
  /// Batch normalisation in training; see ``BatchNormalizationNode`` for the formulas.
  ///
  /// - Parameters:
  ///   - batch: Receives mean and inverse deviation of each column.
  ///   - running: Moves towards those of the batch.
  public func batchNormalization(
    _ input: Matrix<Self>, _ layer: NormalizationParameters<Self>,
    batch: NormalizationStatistics<Self>, running: RunningStatistics<Self>, momentum: Float,
    epsilon: Float, into output: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      areEqual([input, output])
        && [layer.scale, layer.shift, batch.mean, batch.inverseDeviation].haveOneNumber(
          aColumnOf: input)
        && [running.mean, running.variance].haveOneNumber(aColumnOf: input),
      "batchNormalization: \(input.shape) into \(output.shape)")
    try enqueueBatchNormalization(
      input, layer, batch: batch, running: running, momentum: momentum, epsilon: epsilon,
      into: output)
  }

  /// The backward pass of ``batchNormalization``.
  ///
  /// - Parameters:
  ///   - batch: What the forward pass stored.
  ///   - gradients: Receives those of scale and shift, plus its old values times `beta`.
  ///   - inputDelta: Receives the derivative by the input; nil where nobody wants it.
  ///   - adding: Whether that is added to the old values.
  public func batchNormalizationDelta(
    _ delta: Matrix<Self>, input: Matrix<Self>, scale: Vector<Self>,
    batch: NormalizationStatistics<Self>, gradients: NormalizationParameters<Self>, beta: Float,
    into inputDelta: Matrix<Self>?, adding: Bool
  ) throws(BackendError) {
    precondition(
      areEqual([delta, input, inputDelta ?? input])
        && [scale, batch.mean, batch.inverseDeviation, gradients.scale, gradients.shift]
          .haveOneNumber(aColumnOf: input),
      "batchNormalizationDelta: \(delta.shape) for \(input.shape)")
    try enqueueBatchNormalizationDelta(
      delta, input: input, scale: scale, batch: batch, gradients: gradients, beta: beta,
      into: inputDelta, adding: adding)
  }

  /// `scale · (input - mean) / √(variance + epsilon) + shift` with running mean and variance.
  public func normalize(
    _ input: Matrix<Self>, by running: RunningStatistics<Self>,
    _ layer: NormalizationParameters<Self>, epsilon: Float, into output: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      areEqual([input, output])
        && [layer.scale, layer.shift, running.mean, running.variance].haveOneNumber(
          aColumnOf: input),
      "normalize: \(input.shape) into \(output.shape)")
    try enqueueNormalize(input, by: running, layer, epsilon: epsilon, into: output)
  }

  /// Layer normalisation; see ``LayerNormalizationNode`` for the formulas.
  ///
  /// - Parameter rows: Receives mean and inverse deviation of each row.
  public func layerNormalization(
    _ input: Matrix<Self>, _ layer: NormalizationParameters<Self>,
    rows: NormalizationStatistics<Self>, epsilon: Float, into output: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      areEqual([input, output]) && rows.mean.count >= input.rows
        && [layer.scale, layer.shift].haveOneNumber(aColumnOf: input),
      "layerNormalization: \(input.shape) into \(output.shape)")
    try enqueueLayerNormalization(input, layer, rows: rows, epsilon: epsilon, into: output)
  }

  /// The derivative by the input of ``layerNormalization``, added to the old values if `adding`.
  public func layerNormalizationDelta(
    _ delta: Matrix<Self>, input: Matrix<Self>, scale: Vector<Self>,
    rows: NormalizationStatistics<Self>, into inputDelta: Matrix<Self>, adding: Bool
  ) throws(BackendError) {
    precondition(
      areEqual([delta, input, inputDelta]) && rows.mean.count >= input.rows
        && [scale].haveOneNumber(aColumnOf: input),
      "layerNormalizationDelta: \(delta.shape) for \(input.shape) into \(inputDelta.shape)")
    try enqueueLayerNormalizationDelta(
      delta, input: input, scale: scale, rows: rows, into: inputDelta, adding: adding)
  }

  /// The gradients of scale and shift of ``layerNormalization``, plus the old values times `beta`.
  public func layerNormalizationGradients(
    _ delta: Matrix<Self>, input: Matrix<Self>, rows: NormalizationStatistics<Self>, beta: Float,
    into gradients: NormalizationParameters<Self>
  ) throws(BackendError) {
    precondition(
      areEqual([delta, input]) && rows.mean.count >= input.rows
        && [gradients.scale, gradients.shift].haveOneNumber(aColumnOf: input),
      "layerNormalizationGradients: \(delta.shape) for \(input.shape)")
    try enqueueLayerNormalizationGradients(
      delta, input: input, rows: rows, beta: beta, into: gradients)
  }

  /// `output = mask · input / (1 - rate)`, added to the old values if `adding`; in place where both
  /// are the same memory.
  public func dropout(
    _ input: Matrix<Self>, _ mask: DropoutMask, into output: Matrix<Self>, adding: Bool = false
  ) throws(BackendError) {
    precondition(areEqual([input, output]), "dropout: \(input.shape) into \(output.shape)")
    try enqueueDropout(input, mask, into: output, adding: adding)
  }

  /// `output[r, j] = max_p input[r, p · outputs + j]`.
  public func maxout(_ input: Matrix<Self>, into output: Matrix<Self>) throws(BackendError) {
    precondition(
      areMaxout(input, output), "maxout: \(input.shape) into \(output.shape)")
    try enqueueMaxout(input, into: output)
  }

  /// The delta of each output goes to the input that made it, zero to the others.
  public func maxoutDelta(
    _ delta: Matrix<Self>, input: Matrix<Self>, into inputDelta: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      areMaxout(input, delta) && areEqual([input, inputDelta]),
      "maxoutDelta: \(delta.shape) for \(input.shape) into \(inputDelta.shape)")
    try enqueueMaxoutDelta(delta, input: input, into: inputDelta)
  }

  private func areEqual(_ matrices: [Matrix<Self>]) -> Bool {
    matrices.allSatisfy { $0.shape == matrices[0].shape && !$0.isTransposed }
  }

  private func areMaxout(_ input: Matrix<Self>, _ output: Matrix<Self>) -> Bool {
    input.rows == output.rows && input.columns.isMultiple(of: output.columns)
      && !input.isTransposed && !output.isTransposed
  }
}

extension Array {
  fileprivate func haveOneNumber<B: Backend>(aColumnOf matrix: Matrix<B>) -> Bool
  where Element == Vector<B> {
    allSatisfy { $0.count == matrix.columns }
  }
}
