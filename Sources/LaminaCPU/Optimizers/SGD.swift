extension OptimizerFormulas {
  /// `v = momentum · v + g`, `p -= rate · v`, or `p -= rate · (g + momentum · v)` with Nesterov's
  /// momentum; without state, `p -= rate · g`.
  static func sgd(_ x: UpdatedNumbers, _ range: Range<Int>, _ coefficients: UnsafePointer<Float>) {
    let (p, g, rate) = (x.parameters, x.gradients, coefficients[0])
    guard x.stateCount > 0 else {
      if range.isEmpty { return }
      return x.add(Int32(range.count), -rate, g + range.lowerBound, 1, p + range.lowerBound, 1)
    }
    let (v, momentum, lookAhead) = (x.state[0], coefficients[1], coefficients[2])
    for index in range { v[index] = momentum * v[index] + g[index] }
    if lookAhead != 0 {
      for index in range { p[index] -= rate * (g[index] + lookAhead * v[index]) }
    } else {
      for index in range { p[index] -= rate * v[index] }
    }
  }
}
