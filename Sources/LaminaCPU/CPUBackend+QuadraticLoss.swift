import Lamina

extension CPUBackend {
  /// `½ Σ (h - y)²`, `delta = (h - y) · f'(h) · scale`.
  static func quadratic(
    _ request: LossRequest<CPUBackend>, row: Int, _ arguments: StepArguments
  ) {
    let count = request.outputs.columns
    let (outputs, delta) = (request.outputs.row(row), request.delta.row(row))
    let target = request.target(of: request.example(row, arguments))
    let prediction = largest(outputs, count)
    if prediction == target.largest(count), !outputs[prediction].isNaN {
      request.meter.hits.storage.floats[row] += 1
    }
    var loss: Float = 0
    // Element by element, because the delta may overwrite the outputs.
    for index in 0..<count {
      let output = outputs[index]
      let error = output - target.value(index)
      loss += error * error / 2
      delta[index] = error * request.activation.derivative(output: output) * request.deltaScale
    }
    request.meter.losses.storage.floats[row] += loss
  }
}

extension TargetRow {
  /// The right value of output `index`: 1 for the class and 0 for others, or the number given.
  @inline(__always)
  func value(_ index: Int) -> Float {
    switch self {
    case .label(let label): index == label ? 1 : 0
    case .values(let values): values[index]
    }
  }
}

extension Activation {
  /// `f'(z)` from `f(z)`.
  @inline(__always)
  func derivative(output: Float) -> Float {
    switch self {
    case .identity: 1
    case .logistic: output * (1 - output)
    case .tanh: 1 - output * output
    case .relu: output > 0 ? 1 : 0
    }
  }
}
