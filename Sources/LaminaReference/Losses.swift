import Lamina
import LaminaMath

extension Loss {
  /// The term of one output and its derivative, in `Double`; softmax cross-entropy has none.
  fileprivate func term(_ h: Double, _ y: Double) -> (loss: Double, derivative: Double) {
    let d = h - y
    switch self {
    case .quadratic: return (d * d / 2, d)
    case .squaredError: return (d * d, 2 * d)
    case .absoluteError: return (abs(d), d.isNaN ? 0 : d > 0 ? 1 : d < 0 ? -1 : 0)
    case .huber(let threshold):
      let most = Double(threshold)
      return abs(d) <= most ? (d * d / 2, d) : (most * (abs(d) - most / 2), d < 0 ? -most : most)
    case .logisticCrossEntropy:
      return (max(h, 0) - h * y + log1p(exp(-abs(h))), 1 / (1 + exp(-h)) - y)
    case .negativeLogLikelihood: return (y == 0 ? 0 : -y * h, -y)
    case .klDivergence: return (y == 0 ? 0 : y * (log(y) - h), -y)
    case .perceptron:
      let step = h >= 0 ? 1.0 : 0
      return ((step - y) * h, step - y)
    case .poisson: return (exp(h) - h * y, exp(h) - y)
    case .softmaxCrossEntropy, .quantile, .gaussianLikelihood:
      preconditionFailure("goes over rows")
    }
  }

  /// The loss of an example and its derivatives by the outputs, without those of `activation`.
  fileprivate func evaluated(
    _ outputs: [Double], _ target: [Double], _ activation: Activation
  ) -> (loss: Double, delta: [Double]) {
    if case .softmaxCrossEntropy(let smoothing) = self {
      let (share, count) = (Double(smoothing), Double(target.count))
      return classEntropy(outputs, target.map { (1 - share) * $0 + share / count })
    }
    if case .quantile(let levels) = self { return pinball(outputs, target, levels) }
    if case .gaussianLikelihood(let epsilon) = self {
      return gaussian(outputs, target, epsilon: Double(epsilon))
    }
    let terms = zip(outputs, target).map { term($0, $1) }
    return (
      terms.reduce(0) { $0 + $1.loss },
      zip(terms, outputs).map { $0.derivative * activation.slope(saved: $1) }
    )
  }
}

/// Softmax and cross-entropy of a row.
private func classEntropy(_ logits: [Double], _ target: [Double]) -> (Double, [Double]) {
  let largest = logits.max() ?? 0
  let powers = logits.map { exp($0 - largest) }
  let sum = powers.reduce(0, +)
  let total = target.reduce(0, +)
  let loss = zip(logits, target).reduce(0) {
    // A class of probability zero adds nothing, whatever its logit.
    $1.1 == 0 ? $0 : $0 + $1.1 * (log(sum) - ($1.0 - largest))
  }
  return (loss, zip(powers, target).map { total * $0 / sum - $1 })
}

/// The pinball loss of all levels and targets of an example.
private func pinball(
  _ outputs: [Double], _ target: [Double], _ levels: [Float]
) -> (Double, [Double]) {
  var (loss, delta) = (0.0, [Double]())
  for (place, output) in outputs.enumerated() {
    let (level, error) = (
      Double(levels[place / target.count]), target[place % target.count] - output
    )
    loss += max(level * error, (level - 1) * error)
    if error.isNaN { loss = .nan }
    delta.append(error > 0 ? -level : error < 0 ? 1 - level : 0)
  }
  return (loss, delta)
}

/// The negative log-likelihood of means, which come first, and of logarithms of variances.
private func gaussian(
  _ outputs: [Double], _ target: [Double], epsilon: Double
) -> (Double, [Double]) {
  let count = target.count
  var (loss, delta) = (0.0, outputs)
  for place in 0..<count {
    let (error, logarithm) = (outputs[place] - target[place], outputs[count + place])
    // As in PyTorch, the bound of the variance does not stop the derivative.
    let (variance, own) = (max(exp(logarithm), epsilon), exp(logarithm))
    let bounded = logarithm < log(epsilon) ? log(epsilon) : logarithm
    let square = variance.isInfinite ? 0 : error * error / variance
    loss += (bounded + square) / 2
    delta[place] = variance.isInfinite ? 0 : error / variance
    delta[count + place] = (variance.isInfinite ? 1 : own / variance) * (1 - square) / 2
  }
  return (loss, delta)
}

extension Operation<ReferenceBackend>.LossEvaluation {
  func compute(_ arguments: StepArguments) {
    for row in 0..<outputs.rows {
      evaluate(row, example: batch.indices[arguments.firstIndex + row])
    }
  }

  private func evaluate(_ row: Int, example: Int) {
    let outputs = (0..<outputs.columns).map { self.outputs[row, $0] }
    let target = targets.row(example, targetCount)
    let (loss, delta) = loss.evaluated(outputs, target, activation)
    let weight = weights?[example] ?? 1
    for column in outputs.indices {
      self.delta[row, column] = delta[column] * Double(deltaScale) * weight
    }
    meter.losses[row] += loss * Double(lossScale) * weight
    let first = outputs.prefix(targetCount)
    let best = first.firstIndex(of: first.max() ?? 0)
    if !loss.isNaN, best == target.firstIndex(of: target.max() ?? 0) { meter.hits[row] += 1 }
  }
}

extension LossTargets<ReferenceBackend> {
  fileprivate func row(_ example: Int, _ columns: Int) -> [Double] {
    switch self {
    case .labels(let labels):
      let label = labels[example]
      return (0..<columns).map { $0 == label ? 1 : 0 }
    case .values(let values): return (0..<columns).map { values[example, $0] }
    }
  }
}
