import Foundation
package import Lamina

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
      return abs(d) <= most
        ? (d * d / 2, d) : (most * (abs(d) - most / 2), d < 0 ? -most : most)
    case .logisticCrossEntropy:
      return (max(h, 0) - h * y + log1p(exp(-abs(h))), 1 / (1 + exp(-h)) - y)
    case .negativeLogLikelihood: return (y == 0 ? 0 : -y * h, -y)
    case .klDivergence: return (y == 0 ? 0 : y * (log(y) - h), -y)
    case .perceptron:
      let step = h >= 0 ? 1.0 : 0
      return ((step - y) * h, step - y)
    case .softmaxCrossEntropy: preconditionFailure("goes over rows")
    }
  }
}

extension ReferenceBackend {
  package func enqueueLoss(_ request: LossRequest<ReferenceBackend>) {
    submit(request.loss.name) { [self] in
      for row in 0..<request.outputs.rows { evaluate(request, row: row) }
    }
  }

  private func evaluate(_ request: LossRequest<ReferenceBackend>, row: Int) {
    let columns = request.outputs.columns
    let example = request.batch.indices.storage.integer(arguments.firstIndex + row)
    let outputs = (0..<columns).map { request.outputs[row, $0] }
    let target = request.targets.row(example, columns)
    let (loss, delta) = Self.evaluate(request, outputs, target)
    let weight = request.weights.map { $0.storage.float(example) } ?? 1
    for column in 0..<columns {
      request.delta[row, column] = delta[column] * Double(request.deltaScale) * weight
    }
    let (losses, hits) = (request.meter.losses.storage, request.meter.hits.storage)
    losses.set(row, losses.float(row) + loss * Double(request.lossScale) * weight)
    let best = outputs.firstIndex(of: outputs.max() ?? 0)
    if !loss.isNaN, best == target.firstIndex(of: target.max() ?? 0) {
      hits.set(row, hits.float(row) + 1)
    }
  }

  private static func evaluate(
    _ request: LossRequest<ReferenceBackend>, _ outputs: [Double], _ target: [Double]
  ) -> (Double, [Double]) {
    if case .softmaxCrossEntropy(let smoothing) = request.loss {
      let (share, count) = (Double(smoothing), Double(target.count))
      return softmaxCrossEntropy(outputs, target.map { (1 - share) * $0 + share / count })
    }
    let terms = zip(outputs, target).map { request.loss.term($0, $1) }
    return (
      terms.reduce(0) { $0 + $1.loss },
      zip(terms, outputs).map { $0.derivative * request.activation.slope(saved: $1) }
    )
  }

  private static func softmaxCrossEntropy(
    _ logits: [Double], _ target: [Double]
  ) -> (Double, [Double]) {
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
}

extension LossRequest<ReferenceBackend>.Targets {
  func row(_ example: Int, _ columns: Int) -> [Double] {
    switch self {
    case .labels(let labels):
      let label = labels.storage.integer(example)
      return (0..<columns).map { $0 == label ? 1 : 0 }
    case .values(let values): return (0..<columns).map { values[example, $0] }
    }
  }
}
