extension LossRows {
  /// `loss = Σ max(q d, (q - 1) d)` over all targets and levels `q`, with `d = y - z`. The derivative
  /// is `-q` for `d > 0`, `1 - q` for `d < 0`, and 0 for 0.
  func quantiles(row: Int, example: Int, levels: [Float]) {
    let target = target(of: example)
    let factor = scale * weight(of: example)
    let isHit = Self.largest(outputs[row], targetCount) == target.largest(targetCount)
    var sum: Float = 0
    for (part, level) in levels.enumerated() {
      let first = part * targetCount
      let (outputs, delta) = (outputs[row] + first, delta[row] + first)
      let (below, above) = (Floats(repeating: -level), Floats(repeating: 1 - level))
      for column in stride(from: 0, to: targetCount, by: 16) {
        let z = outputs.vector(at: column, before: targetCount, hasPadding: false)
        let d = target.vector(at: column, before: targetCount) - z
        let slope = Floats.zero.replacing(with: below, where: d .> Floats.zero)
          .replacing(with: above, where: d .< Floats.zero)
        // Zeros beyond the targets add nothing.
        sum -= (d * slope).sum()
        delta.store(slope * factor, at: column, before: targetCount, hasPadding: false)
      }
    }
    losses[row] += sum * weight(of: example) * lossScale
    if isHit, !sum.isNaN { hits[row] += 1 }
  }
}
