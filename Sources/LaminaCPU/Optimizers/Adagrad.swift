import CProcessor

extension OptimizerFormulas {
  /// `s += g²`, `p -= rate · g / (√s + ε)`.
  static func adagrad(
    _ x: UpdatedNumbers, _ range: Range<Int>, _ coefficients: UnsafePointer<Float>
  ) {
    let (p, g, s) = (x.parameters, x.gradients, x.state[0])
    let (rate, epsilon) = (coefficients[0], coefficients[1])
    for index in range {
      let gradient = g[index]
      let square = s[index] + gradient * gradient
      s[index] = square
      p[index] -= rate * gradient / (squareRoot(square) + epsilon)
    }
  }
}
