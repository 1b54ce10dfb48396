import CProcessor

extension OptimizerFormulas {
  /// `m += (1 - β₁) (g - m)`, `s = β₂ s + (1 - β₂) g²`,
  /// `p -= rate / (1 - β₁ᵗ) · m / (√s / √(1 - β₂ᵗ) + ε)`.
  static func adam(_ x: UpdatedNumbers, _ range: Range<Int>, _ coefficients: UnsafePointer<Float>) {
    let (p, g, m, s) = (x.parameters, x.gradients, x.state[0], x.state[1])
    let (add1, keep2, add2) = (coefficients[0], coefficients[1], coefficients[2])
    let (epsilon, stepSize, rootScale) = (coefficients[3], coefficients[4], coefficients[5])
    for index in range {
      let gradient = g[index]
      let mean = m[index] + add1 * (gradient - m[index])
      let square = keep2 * s[index] + add2 * gradient * gradient
      (m[index], s[index]) = (mean, square)
      p[index] -= stepSize * mean / (squareRoot(square) * rootScale + epsilon)
    }
  }
}
