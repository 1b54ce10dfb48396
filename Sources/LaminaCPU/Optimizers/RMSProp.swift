import CProcessor

extension OptimizerFormulas {
  /// `s = α s + (1 - α) g²`, `p -= rate · g / (√s + ε)`; with momentum
  /// `v = momentum · v + g / (√s + ε)`, `p -= rate · v`.
  static func rmsProp(
    _ x: UpdatedNumbers, _ range: Range<Int>, _ coefficients: UnsafePointer<Float>
  ) {
    let (rate, keep, add) = (coefficients[0], coefficients[1], coefficients[2])
    let (epsilon, momentum) = (coefficients[3], coefficients[4])
    for block in range.blocks {
      let (first, count) = (block.lowerBound, block.count)
      let (p, g, s) = (x.parameters + first, x.gradients + first, x.state[0] + first)
      moveSquares(s, g, count, keep, add)
      guard x.stateCount > 1 else {
        moveByRoots(p, g, s, count, 1, -rate, 1, epsilon)
        continue
      }
      let v = x.state[1] + first
      moveByRoots(v, g, s, count, momentum, 1, 1, epsilon)
      for index in 0..<count { p[index] -= rate * v[index] }
    }
  }
}
