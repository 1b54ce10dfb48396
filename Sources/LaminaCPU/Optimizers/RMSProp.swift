import CProcessor

extension OptimizerFormulas {
  /// `s = α s + (1 - α) g²`, `p -= rate · g / (√s + ε)`; with momentum
  /// `v = momentum · v + g / (√s + ε)`, `p -= rate · v`.
  static func rmsProp(
    _ x: UpdatedNumbers, _ range: Range<Int>, _ coefficients: UnsafePointer<Float>
  ) {
    let (p, g, s) = (x.parameters, x.gradients, x.state[0])
    let (rate, keep, add) = (coefficients[0], coefficients[1], coefficients[2])
    let (epsilon, momentum) = (coefficients[3], coefficients[4])
    for index in range { s[index] = keep * s[index] + add * g[index] * g[index] }
    if x.stateCount > 1 {
      let v = x.state[1]
      for index in range {
        let change = g[index] / (squareRoot(s[index]) + epsilon)
        v[index] = momentum * v[index] + change
        p[index] -= rate * v[index]
      }
    } else {
      for index in range { p[index] -= rate * g[index] / (squareRoot(s[index]) + epsilon) }
    }
  }
}
