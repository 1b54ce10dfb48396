import CProcessor

extension OptimizerFormulas {
  /// `m += (1 - β₁) (g - m)`, `s = β₂ s + (1 - β₂) g²`,
  /// `p -= rate / (1 - β₁ᵗ) · m / (√s / √(1 - β₂ᵗ) + ε)`.
  static func adam(_ x: UpdatedNumbers, _ range: Range<Int>, _ coefficients: UnsafePointer<Float>) {
    let (add1, keep2, add2) = (coefficients[0], coefficients[1], coefficients[2])
    let (epsilon, stepSize, rootScale) = (coefficients[3], coefficients[4], coefficients[5])
    for block in range.blocks {
      let (first, count) = (block.lowerBound, block.count)
      let (means, squares) = (x.state[0] + first, x.state[1] + first)
      moveMeans(means, x.gradients + first, count, add1)
      moveSquares(squares, x.gradients + first, count, keep2, add2)
      moveByRoots(x.parameters + first, means, squares, count, 1, -stepSize, rootScale, epsilon)
    }
  }
}
