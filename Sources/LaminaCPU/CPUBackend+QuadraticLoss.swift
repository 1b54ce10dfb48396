import Lamina

extension LossRows {
  /// `½ Σ (h - y)²`, `delta = (h - y) · f'(h) · scale`.
  func quadratic(row: Int, example: Int) {
    let count = outputs.columns
    let (outputs, delta) = (outputs[row], delta[row])
    let target = target(of: example)
    let prediction = Self.largest(outputs, count)
    if prediction == target.largest(count), !outputs[prediction].isNaN { hits[row] += 1 }
    var loss: Float = 0
    // Element by element, because the delta may overwrite the outputs.
    for index in 0..<count {
      let output = outputs[index]
      let error = output - target.value(index)
      loss += error * error / 2
      delta[index] = error * activation.derivative(output: output) * scale
    }
    losses[row] += loss
  }
}

extension Activation {
  /// `f'(z)` from `f(z)`.
  @inline(__always)
  fileprivate func derivative(output: Float) -> Float {
    switch self {
    case .identity: 1
    case .logistic: output * (1 - output)
    case .tanh: 1 - output * output
    case .relu: output > 0 ? 1 : 0
    }
  }
}
