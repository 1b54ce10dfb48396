extension OptimizerFormulas {
  /// `p -= rate · sign(β₁ m + (1 - β₁) g)`, `m = β₂ m + (1 - β₂) g`; NaN stays NaN.
  static func lion(_ x: UpdatedNumbers, _ range: Range<Int>, _ coefficients: UnsafePointer<Float>) {
    let (p, g, m) = (x.parameters, x.gradients, x.state[0])
    let (rate, keep1, add1) = (coefficients[0], coefficients[1], coefficients[2])
    let (keep2, add2) = (coefficients[3], coefficients[4])
    for index in range {
      let (mean, gradient) = (m[index], g[index])
      let direction = keep1 * mean + add1 * gradient
      m[index] = keep2 * mean + add2 * gradient
      p[index] -= rate * (direction > 0 ? 1 : direction < 0 ? -1 : direction)
    }
  }
}
