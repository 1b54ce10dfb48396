extension Operation {
  /// Layer normalisation forward; see ``LayerNormalizationNode`` for the formulas.
  public struct LayerNormalization: OperationContent, Codable {
    public let input: Matrix<B>
    public let layer: NormalizationParameters<B>
    /// Receives mean and inverse deviation of each row.
    public let rows: NormalizationStatistics<B>
    public let epsilon: Float
    public let output: Matrix<B>

    public init(
      _ input: Matrix<B>, _ layer: NormalizationParameters<B>,
      rows: NormalizationStatistics<B>, epsilon: Float, into output: Matrix<B>
    ) {
      precondition(
        areEqual(input, output) && rows.mean.count >= input.rows
          && haveOneNumber(aColumnOf: input, layer.scale, layer.shift),
        "layerNormalization: \(input.shape) into \(output.shape)")
      self.input = input
      self.layer = layer
      self.rows = rows
      self.epsilon = epsilon
      self.output = output
    }

    public var name: String { "layerNormalization" }
    public var accesses: [Access<B>] {
      [
        .matrix("input", input, .read, .rows), .vector("scale", layer.scale, .read),
        .vector("shift", layer.shift, .read),
        .slots("row mean", rows.mean, rows: input.rows, .write),
        .slots("inverse deviation", rows.inverseDeviation, rows: input.rows, .write),
        .matrix("output", output, .write, .rows),
      ]
    }
    public var units: Int { input.rows }
    public var work: Int { 8 * input.rows * input.columns }
  }

  /// The derivative by the input of ``LayerNormalization``.
  public struct LayerNormalizationDelta: OperationContent, Codable {
    public let delta: Matrix<B>
    public let input: Matrix<B>
    public let scale: Vector<B>
    /// What the forward pass stored.
    public let rows: NormalizationStatistics<B>
    public let inputDelta: Matrix<B>
    /// Whether the derivative is added to the old values.
    public let isAdded: Bool

    public init(
      _ delta: Matrix<B>, input: Matrix<B>, scale: Vector<B>, rows: NormalizationStatistics<B>,
      into inputDelta: Matrix<B>, adding: Bool
    ) {
      precondition(
        areEqual(delta, input, inputDelta) && rows.mean.count >= input.rows
          && haveOneNumber(aColumnOf: input, scale),
        "layerNormalizationDelta: \(delta.shape) for \(input.shape) into \(inputDelta.shape)")
      self.delta = delta
      self.input = input
      self.scale = scale
      self.rows = rows
      self.inputDelta = inputDelta
      isAdded = adding
    }

    public var name: String { "layerNormalizationDelta" }
    public var accesses: [Access<B>] {
      [
        .matrix("delta", delta, .read, .rows), .matrix("input", input, .read, .rows),
        .vector("scale", scale, .read), .slots("row mean", rows.mean, rows: input.rows, .read),
        .slots(
          "inverse deviation", rows.inverseDeviation, rows: input.rows, .read,
          isNonnegative: true),
        .matrix("input delta", inputDelta, isAdded ? .update : .write, .rows),
      ]
    }
    public var units: Int { input.rows }
    public var work: Int { 8 * input.rows * input.columns }
  }

  /// The gradients of scale and shift of ``LayerNormalization``, plus the old values times `beta`.
  public struct LayerNormalizationGradients: OperationContent, Codable {
    public let delta: Matrix<B>
    public let input: Matrix<B>
    /// What the forward pass stored.
    public let rows: NormalizationStatistics<B>
    public let beta: Float
    public let gradients: NormalizationParameters<B>

    public init(
      _ delta: Matrix<B>, input: Matrix<B>, rows: NormalizationStatistics<B>, beta: Float,
      into gradients: NormalizationParameters<B>
    ) {
      precondition(
        areEqual(delta, input) && rows.mean.count >= input.rows
          && haveOneNumber(aColumnOf: input, gradients.scale, gradients.shift),
        "layerNormalizationGradients: \(delta.shape) for \(input.shape)")
      self.delta = delta
      self.input = input
      self.rows = rows
      self.beta = beta
      self.gradients = gradients
    }

    public var name: String { "layerNormalizationGradients" }
    public var accesses: [Access<B>] {
      let change: Access<B>.Use = beta == 0 ? .write : .update
      return [
        .matrix("delta", delta, .read), .matrix("input", input, .read),
        .vector("row mean", rows.mean, .read),
        .vector("inverse deviation", rows.inverseDeviation, .read, isNonnegative: true),
        .vector("scale gradient", gradients.scale, change, .rows),
        .vector("shift gradient", gradients.shift, change, .rows),
      ]
    }
    public var units: Int { input.vectors }
    public var work: Int { 4 * input.rows * input.columns }
  }
}
