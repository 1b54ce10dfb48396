import CProcessor

extension OptimizerFormulas {
  /// `m += (1 - β₁) (g - m)`, `s = β₂ s + (1 - β₂) g²`,
  /// `p -= rate / (1 - β₁ᵗ) · m / (√s / √(1 - β₂ᵗ) + ε)`.
  static func adam(_ x: UpdatedNumbers, _ range: Range<Int>, _ coefficients: UnsafePointer<Float>) {
    let (add1, keep2, add2) = (coefficients[0], coefficients[1], coefficients[2])
    let (epsilon, stepSize, rootScale) = (coefficients[3], coefficients[4], coefficients[5])
    let start = range.lowerBound
    moveByMoments(
      x.parameters + start, x.gradients + start, x.state[0] + start, x.state[1] + start,
      range.count, add1, keep2, add2, -stepSize, rootScale, epsilon)
  }
}
