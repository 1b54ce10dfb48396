import Lamina

extension Operation {
  /// The same with numbers that kernels take as arguments replaced by typical ones: powers of two,
  /// so that products are exact. Zeros stay, since they may choose other kernels.
  var withTypicalNumbers: Operation {
    switch self {
    case .gather(let gather):
      guard case .uniform = gather.scaling else { return self }
      return .gather(
        gather.batch, of: gather.examples, scaling: .uniform(scale: 0.125, offset: 0.25),
        into: gather.output)
    case .matmul(let product):
      return .matmul(
        product.a, product.b, alpha: product.alpha == 1 ? 1 : 2,
        beta: product.beta == 0 ? 0 : 0.75, into: product.c)
    case .columnSums(let sums):
      return .columnSums(of: sums.matrix, beta: sums.beta == 0 ? 0 : 0.75, into: sums.sums)
    case .embeddingGradients(let gradients):
      return .embeddingGradients(
        gradients.delta, input: gradients.input, gradients.place,
        beta: gradients.beta == 0 ? 0 : 0.75, into: gradients.gradients)
    case .loss(let loss):
      return .loss(
        LossEvaluation(
          loss: loss.loss, activation: loss.activation, outputs: loss.outputs,
          targets: loss.targets, weights: loss.weights, batch: loss.batch, lossScale: 0.5,
          deltaScale: 0.25, delta: loss.delta, meter: loss.meter))
    case .update(let update):
      guard case .sgd(var rule) = update.optimizer else { return self }
      rule.learningRate = 0.125
      if rule.momentum != 0 { rule.momentum = 0.75 }
      return .update(
        update.parameters, gradients: update.gradients, state: update.state, by: .sgd(rule))
    default: return self
    }
  }
}
