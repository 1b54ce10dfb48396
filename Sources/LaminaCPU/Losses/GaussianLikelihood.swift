import Glibc

extension LossRows {
  /// `loss = ½ Σ (s + d² e^-s)` over all targets, with `d = z - y`, `z` the mean and `s` the
  /// logarithm of the variance, which is at least `epsilon`. The derivatives are `d e^-s` and
  /// `½ (1 - d² e^-s)`. Below the bound the second is multiplied by the variance over the bound, as
  /// in PyTorch, so that the variance can grow again.
  func gaussianLikelihood(row: Int, example: Int, epsilon: Float) {
    let target = target(of: example)
    let factor = scale * weight(of: example)
    let least = Floats(repeating: log(epsilon))
    let (means, spreads) = (outputs[row], outputs[row] + targetCount)
    let (meanDelta, spreadDelta) = (delta[row], delta[row] + targetCount)
    let isHit = Self.largest(outputs[row], targetCount) == target.largest(targetCount)
    var sum: Float = 0
    for column in stride(from: 0, to: targetCount, by: 16) {
      let z = means.vector(at: column, before: targetCount, hasPadding: false)
      let own = spreads.vector(at: column, before: targetCount, hasPadding: false)
      let s = own.replacing(with: least, where: own .< least)
      let d = z - target.vector(at: column, before: targetCount)
      let precision = VectorMath.exp(-s)
      // An infinite logarithm is not below the bound.
      let below = (own - least).replacing(with: Floats.zero, where: own .> least)
      let square = d * precision * d
      sum += (0.5 * (s + square)).zeroed(from: min(16, targetCount - column)).sum()
      meanDelta.store(
        d * precision * factor, at: column, before: targetCount, hasPadding: false)
      spreadDelta.store(
        0.5 * VectorMath.exp(below) * (1 - square) * factor, at: column, before: targetCount,
        hasPadding: false)
    }
    losses[row] += sum * weight(of: example) * lossScale
    if isHit, !sum.isNaN { hits[row] += 1 }
  }
}
