import CProcessor

extension OptimizerFormulas {
  /// `v = momentum · v + g`, `p -= rate · v`, or `p -= rate · (g + momentum · v)` with Nesterov's
  /// momentum; without state, `p -= rate · g`.
  static func sgd(_ x: UpdatedNumbers, _ range: Range<Int>, _ coefficients: UnsafePointer<Float>) {
    let (p, g, rate) = (x.parameters, x.gradients, coefficients[0])
    guard x.stateCount > 0 else {
      if range.isEmpty { return }
      return x.add(Int32(range.count), -rate, g + range.lowerBound, 1, p + range.lowerBound, 1)
    }
    let start = range.lowerBound
    moveByVelocity(
      p + start, g + start, x.state[0] + start, range.count, coefficients[1], coefficients[2], -rate
    )
  }
}
