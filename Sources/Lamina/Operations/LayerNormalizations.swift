extension Operation {
  /// Layer normalisation forward; see `LayerNormalizationNode` for the formulas.
  public struct LayerNormalization: OperationContent, Codable {
    /// The input, batch × columns.
    public let input: Matrix<B>
    /// Scale and shift of each column.
    public let layer: NormalizationParameters<B>
    /// Receives mean and inverse deviation of each row.
    public let rows: NormalizationStatistics<B>
    /// Keeps the divisor from zero.
    public let epsilon: Float
    /// Receives the result.
    public let output: Matrix<B>

    package var name: String { "layerNormalization" }
    package var accesses: [Access<B>] {
      [
        .matrix("input", input, .read, .rows), .vector("scale", layer.scale, .read),
        .vector("shift", layer.shift, .read),
        .slots("row mean", rows.mean, rows: input.rows, .write),
        .slots("inverse deviation", rows.inverseDeviation, rows: input.rows, .write),
        .matrix("output", output, .write, .rows),
      ]
    }
    package var units: Int { input.rows }
    package var work: Int { 8 * input.rows * input.columns }
  }

  /// ``LayerNormalization``.
  public static func layerNormalization(
    _ input: Matrix<B>, _ layer: NormalizationParameters<B>, rows: NormalizationStatistics<B>,
    epsilon: Float, into output: Matrix<B>
  ) -> Operation {
    precondition(
      areEqual(input, output) && rows.mean.count >= input.rows
        && haveOneNumber(aColumnOf: input, layer.scale, layer.shift),
      "layerNormalization: \(input.shape) into \(output.shape)")
    return .layerNormalization(
      LayerNormalization(input: input, layer: layer, rows: rows, epsilon: epsilon, output: output))
  }

  /// The derivative by the input of ``LayerNormalization``.
  public struct LayerNormalizationDelta: OperationContent, Codable {
    /// The derivative of the loss by the output.
    public let delta: Matrix<B>
    /// The input, batch × columns.
    public let input: Matrix<B>
    /// The scale of each column.
    public let scale: Vector<B>
    /// The statistics that the forward pass stored.
    public let rows: NormalizationStatistics<B>
    /// Receives the derivative by the input.
    public let inputDelta: Matrix<B>
    /// True if the derivative is added to the old values.
    public let isAdded: Bool

    package var name: String { "layerNormalizationDelta" }
    package var accesses: [Access<B>] {
      [
        .matrix("delta", delta, .read, .rows), .matrix("input", input, .read, .rows),
        .vector("scale", scale, .read), .slots("row mean", rows.mean, rows: input.rows, .read),
        .slots(
          "inverse deviation", rows.inverseDeviation, rows: input.rows, .read, isNonnegative: true),
        .matrix("input delta", inputDelta, isAdded ? .update : .write, .rows),
      ]
    }
    package var units: Int { input.rows }
    package var work: Int { 8 * input.rows * input.columns }
  }

  /// ``LayerNormalizationDelta``.
  public static func layerNormalizationDelta(
    _ delta: Matrix<B>, input: Matrix<B>, scale: Vector<B>, rows: NormalizationStatistics<B>,
    into inputDelta: Matrix<B>, adding: Bool
  ) -> Operation {
    precondition(
      areEqual(delta, input, inputDelta) && rows.mean.count >= input.rows
        && haveOneNumber(aColumnOf: input, scale),
      "layerNormalizationDelta: \(delta.shape) for \(input.shape) into \(inputDelta.shape)")
    return .layerNormalizationDelta(
      LayerNormalizationDelta(
        delta: delta, input: input, scale: scale, rows: rows, inputDelta: inputDelta,
        isAdded: adding))
  }

  /// The gradients of scale and shift of ``LayerNormalization``, plus the old values times `beta`.
  public struct LayerNormalizationGradients: OperationContent, Codable {
    /// The derivative of the loss by the output.
    public let delta: Matrix<B>
    /// The input, batch × columns.
    public let input: Matrix<B>
    /// The statistics that the forward pass stored.
    public let rows: NormalizationStatistics<B>
    /// The factor of the old content.
    public let beta: Float
    /// The gradients.
    public let gradients: NormalizationParameters<B>

    package var name: String { "layerNormalizationGradients" }
    package var accesses: [Access<B>] {
      let change: Access<B>.Use = beta == 0 ? .write : .update
      return [
        .matrix("delta", delta, .read), .matrix("input", input, .read),
        .vector("row mean", rows.mean, .read),
        .vector("inverse deviation", rows.inverseDeviation, .read, isNonnegative: true),
        .vector("scale gradient", gradients.scale, change, .rows),
        .vector("shift gradient", gradients.shift, change, .rows),
      ]
    }
    package var units: Int { input.vectors }
    package var work: Int { 4 * input.rows * input.columns }
  }

  /// ``LayerNormalizationGradients``.
  public static func layerNormalizationGradients(
    _ delta: Matrix<B>, input: Matrix<B>, rows: NormalizationStatistics<B>, beta: Float,
    into gradients: NormalizationParameters<B>
  ) -> Operation {
    precondition(
      areEqual(delta, input) && rows.mean.count >= input.rows
        && haveOneNumber(aColumnOf: input, gradients.scale, gradients.shift),
      "layerNormalizationGradients: \(delta.shape) for \(input.shape)")
    return .layerNormalizationGradients(
      LayerNormalizationGradients(
        delta: delta, input: input, rows: rows, beta: beta, gradients: gradients))
  }
}
