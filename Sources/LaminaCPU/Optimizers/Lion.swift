import CProcessor

extension OptimizerFormulas {
  /// `p -= rate · sign(β₁ m + (1 - β₁) g)`, `m = β₂ m + (1 - β₂) g`; NaN stays NaN.
  static func lion(_ x: UpdatedNumbers, _ range: Range<Int>, _ coefficients: UnsafePointer<Float>) {
    let (rate, keep1, add1) = (coefficients[0], coefficients[1], coefficients[2])
    let (keep2, add2, start) = (coefficients[3], coefficients[4], range.lowerBound)
    moveBySigns(
      x.parameters + start, x.gradients + start, x.state[0] + start, range.count, keep1, add1,
      keep2, add2, -rate)
  }
}
