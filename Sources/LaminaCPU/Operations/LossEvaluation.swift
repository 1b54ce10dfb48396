import Lamina

extension Operation.LossEvaluation where B == CPUBackend {
  /// Each thread takes its rows of the batch.
  func tasks() -> TaskGroup {
    let (rows, indices) = (outputs.rows, batch.indices.buffer.integers)
    let evaluate = evaluation
    return TaskGroup(self, "Loss", bytes: rows * (outputs.stride + delta.stride) * 4) { part in
      for row in part.rows(of: rows) {
        evaluate(row, Int(indices[part.arguments.firstIndex + row]))
      }
    }
  }

  /// Evaluates the loss of a row of the batch, which is an example.
  private var evaluation: (_ row: Int, _ example: Int) -> Void {
    let operands = operands
    return switch loss {
    case .softmaxCrossEntropy(let smoothing):
      { operands.softmaxCrossEntropy(row: $0, example: $1, smoothing: smoothing) }
    case .quadratic: { operands.elementwise(Quadratic(), row: $0, example: $1) }
    case .squaredError: { operands.elementwise(SquaredError(), row: $0, example: $1) }
    case .absoluteError: { operands.elementwise(AbsoluteError(), row: $0, example: $1) }
    case .huber(let threshold):
      { operands.elementwise(Huber(threshold: threshold), row: $0, example: $1) }
    case .logisticCrossEntropy:
      { operands.elementwise(LogisticCrossEntropy(), row: $0, example: $1) }
    case .negativeLogLikelihood:
      { operands.elementwise(NegativeLogLikelihood(), row: $0, example: $1) }
    case .klDivergence: { operands.elementwise(KLDivergence(), row: $0, example: $1) }
    case .perceptron: { operands.elementwise(Perceptron(), row: $0, example: $1) }
    case .poisson: { operands.elementwise(Poisson(), row: $0, example: $1) }
    case .quantile(let levels): { operands.quantiles(row: $0, example: $1, levels: levels) }
    case .gaussianLikelihood(let epsilon):
      { operands.gaussianLikelihood(row: $0, example: $1, epsilon: epsilon) }
    }
  }

  private var operands: LossRows {
    let answers: LossRows.Targets =
      switch targets {
      case .labels(let labels): .labels(labels.buffer.integers)
      case .values(let values): .values(values.buffer.floats)
      }
    return LossRows(
      outputs: Rows(outputs), delta: Rows(delta), targetCount: targetCount, lossScale: lossScale,
      scale: deltaScale,
      activation: activation, losses: meter.losses.floats, hits: meter.hits.floats,
      weights: weights?.floats, targets: answers)
  }
}
