import Glibc

extension LossRows {
  /// `delta = (softmax(z) Σ y - y) · scale`. The loss is `Σ y (ln Σ e^z - z)`. All logits are
  /// shifted by the largest, so that nothing overflows.
  ///
  /// With smoothing `s`, `y` becomes `(1 - s) y + s / count`.
  func softmaxCrossEntropy(row: Int, example: Int, smoothing: Float) {
    let count = outputs.columns
    let (logits, delta) = (outputs[row], delta[row])
    let target = target(of: example)
    let prediction = Self.largest(logits, count)
    let shift = logits[prediction]
    // The logits are read here, before the delta overwrites them if both share memory.
    var (total, distance) = target.weights(of: logits, count, below: shift)
    let share = smoothing / Float(count)
    if smoothing != 0 {
      var distances: Float = 0
      for index in 0..<count { distances += shift - logits[index] }
      distance = (1 - smoothing) * distance + share * distances
      total = (1 - smoothing) * total + smoothing
    }
    let weight = weight(of: example)
    let scale = scale * weight
    let hasPadding = outputs.hasPadding && self.delta.hasPadding
    delta.combine(with: logits, count: count, hasPadding: hasPadding) {
      VectorMath.exp($1 - shift)
    }
    var sum: Float = 0
    for index in 0..<count { sum += delta[index] }
    let factor = scale * total / sum
    for index in 0..<count { delta[index] *= factor }
    target.subtract(from: delta, count, scale: scale * (1 - smoothing))
    if smoothing != 0 { for index in 0..<count { delta[index] -= scale * share } }
    losses[row] += (total * log(sum) + distance) * weight * lossScale
    if prediction == target.largest(count), !sum.isNaN { hits[row] += 1 }
  }
}

extension TargetRow {
  /// `Σ y` and `Σ y (largest - z)`. If `y` is 0, the term is 0 even for an infinite logit.
  @inline(__always)
  fileprivate func weights(
    of logits: UnsafeMutablePointer<Float>, _ count: Int, below largest: Float
  ) -> (total: Float, distance: Float) {
    switch self {
    case .label(let label): return (1, largest - logits[label])
    case .values(let values):
      var (total, distance): (Float, Float) = (0, 0)
      for index in 0..<count where values[index] != 0 {
        total += values[index]
        distance += values[index] * (largest - logits[index])
      }
      return (total, distance)
    }
  }

  /// `delta -= scale · y`.
  @inline(__always)
  fileprivate func subtract(
    from delta: UnsafeMutablePointer<Float>, _ count: Int, scale: Float
  ) {
    switch self {
    case .label(let label): delta[label] -= scale
    case .values(let values): for index in 0..<count { delta[index] -= scale * values[index] }
    }
  }
}
