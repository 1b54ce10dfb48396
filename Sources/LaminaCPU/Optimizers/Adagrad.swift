import CProcessor

extension OptimizerFormulas {
  /// `s += g²`, `p -= rate · g / (√s + ε)`.
  static func adagrad(
    _ x: UpdatedNumbers, _ range: Range<Int>, _ coefficients: UnsafePointer<Float>
  ) {
    let (rate, epsilon) = (coefficients[0], coefficients[1])
    for block in range.blocks {
      let (first, count) = (block.lowerBound, block.count)
      let (gradients, squares) = (x.gradients + first, x.state[0] + first)
      moveSquares(squares, gradients, count, 1, 1)
      moveByRoots(x.parameters + first, gradients, squares, count, 1, -rate, 1, epsilon)
    }
  }
}
