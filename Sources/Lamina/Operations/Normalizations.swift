extension Operation {
  /// Batch normalisation in training; see `BatchNormalizationNode` for the formulas.
  public struct BatchNormalization: OperationContent, Codable {
    /// The input, batch × columns.
    public let input: Matrix<B>
    /// Scale and shift of each column.
    public let layer: NormalizationParameters<B>
    /// Receives mean and inverse deviation of each column.
    public let batch: NormalizationStatistics<B>
    /// Moves towards those of the batch.
    public let running: RunningStatistics<B>
    /// The share of the running statistics that a step replaces.
    public let momentum: Float
    /// Keeps the divisor from zero.
    public let epsilon: Float
    /// Receives the result.
    public let output: Matrix<B>

    package var name: String { "batchNormalization" }
    package var accesses: [Access<B>] {
      [
        .matrix("input", input, .read), .vector("scale", layer.scale, .read, .rows),
        .vector("shift", layer.shift, .read, .rows),
        .vector("batch mean", batch.mean, .write, .rows),
        .vector("inverse deviation", batch.inverseDeviation, .write, .rows),
        .vector("running mean", running.mean, .update, .rows),
        .vector("running variance", running.variance, .update, .rows, isNonnegative: true),
        .matrix("output", output, .write),
      ]
    }
    package var units: Int { input.vectors }
    package var work: Int { 8 * input.rows * input.columns }
  }

  /// ``BatchNormalization``.
  public static func batchNormalization(
    _ input: Matrix<B>, _ layer: NormalizationParameters<B>, batch: NormalizationStatistics<B>,
    running: RunningStatistics<B>, momentum: Float, epsilon: Float, into output: Matrix<B>
  ) -> Operation {
    precondition(
      areEqual(input, output)
        && haveOneNumber(
          aColumnOf: input, layer.scale, layer.shift, batch.mean, batch.inverseDeviation,
          running.mean, running.variance),
      "batchNormalization: \(input.shape) into \(output.shape)")
    return .batchNormalization(
      BatchNormalization(
        input: input, layer: layer, batch: batch, running: running, momentum: momentum,
        epsilon: epsilon, output: output))
  }

  /// The backward pass of ``BatchNormalization``.
  public struct BatchNormalizationDelta: OperationContent, Codable {
    /// The derivative of the loss by the output.
    public let delta: Matrix<B>
    /// The input, batch × columns.
    public let input: Matrix<B>
    /// The scale of each column.
    public let scale: Vector<B>
    /// The statistics that the forward pass stored.
    public let batch: NormalizationStatistics<B>
    /// Receives those of scale and shift, plus its old values times `beta`.
    public let gradients: NormalizationParameters<B>
    /// The factor of the old content.
    public let beta: Float
    /// Receives the derivative with respect to the input; nil if it is not needed.
    public let inputDelta: Matrix<B>?
    /// True if the derivative is added to the old values.
    public let isAdded: Bool

    package var name: String { "batchNormalizationDelta" }
    package var accesses: [Access<B>] {
      let change: Access<B>.Use = beta == 0 ? .write : .update
      return [
        .matrix("delta", delta, .read), .matrix("input", input, .read),
        .vector("scale", scale, .read, .rows), .vector("batch mean", batch.mean, .read, .rows),
        .vector("inverse deviation", batch.inverseDeviation, .read, .rows, isNonnegative: true),
        .vector("scale gradient", gradients.scale, change, .rows),
        .vector("shift gradient", gradients.shift, change, .rows),
      ] + (inputDelta.map { [.matrix("input delta", $0, isAdded ? .update : .write)] } ?? [])
    }
    package var units: Int { input.vectors }
    package var work: Int { 8 * input.rows * input.columns }
  }

  /// ``BatchNormalizationDelta``.
  public static func batchNormalizationDelta(
    _ delta: Matrix<B>, input: Matrix<B>, scale: Vector<B>, batch: NormalizationStatistics<B>,
    gradients: NormalizationParameters<B>, beta: Float, into inputDelta: Matrix<B>?, adding: Bool
  ) -> Operation {
    precondition(
      areEqual(delta, input, inputDelta ?? input)
        && haveOneNumber(
          aColumnOf: input, scale, batch.mean, batch.inverseDeviation, gradients.scale,
          gradients.shift),
      "batchNormalizationDelta: \(delta.shape) for \(input.shape)")
    return .batchNormalizationDelta(
      BatchNormalizationDelta(
        delta: delta, input: input, scale: scale, batch: batch, gradients: gradients, beta: beta,
        inputDelta: inputDelta, isAdded: adding))
  }

  /// `scale · (input - mean) / √(variance + epsilon) + shift` with running mean and variance.
  public struct Normalization: OperationContent, Codable {
    /// The input, batch × columns.
    public let input: Matrix<B>
    /// The running statistics.
    public let running: RunningStatistics<B>
    /// Scale and shift of each column.
    public let layer: NormalizationParameters<B>
    /// Keeps the divisor from zero.
    public let epsilon: Float
    /// Receives the result.
    public let output: Matrix<B>

    package var name: String { "normalize" }
    package var accesses: [Access<B>] {
      [
        .matrix("input", input, .read, .rows), .matrix("output", output, .write, .rows),
        .vector("scale", layer.scale, .read), .vector("shift", layer.shift, .read),
        .vector("running mean", running.mean, .read),
        .vector("running variance", running.variance, .read, isNonnegative: true),
      ]
    }
    package var units: Int { input.rows }
    package var work: Int { 4 * input.rows * input.columns }
  }

  /// ``Normalization``.
  public static func normalize(
    _ input: Matrix<B>, by running: RunningStatistics<B>, _ layer: NormalizationParameters<B>,
    epsilon: Float, into output: Matrix<B>
  ) -> Operation {
    precondition(
      areEqual(input, output)
        && haveOneNumber(aColumnOf: input, layer.scale, layer.shift, running.mean, running.variance),
      "normalize: \(input.shape) into \(output.shape)")
    return .normalize(
      Normalization(input: input, running: running, layer: layer, epsilon: epsilon, output: output))
  }
}

/// True if matrices have the same shape, none of them transposed.
func areEqual<B: Backend>(_ matrices: Matrix<B>...) -> Bool {
  matrices.allSatisfy { $0.shape == matrices[0].shape && !$0.isTransposed }
}

/// True if vectors have one number for each column of a matrix.
func haveOneNumber<B: Backend>(aColumnOf matrix: Matrix<B>, _ vectors: Vector<B>...) -> Bool {
  vectors.allSatisfy { $0.count == matrix.columns }
}
