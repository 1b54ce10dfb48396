import Lamina

/// A small network of dense layers for trials, with its training in double precision.
struct TrialNetwork {
  struct Layer {
    let inputs: Int
    let outputs: Int
    let activation: Activation
    /// Inputs × outputs.
    var weights: [Double]
    var bias: [Double]
    var velocity: [Double]
    var biasVelocity: [Double]
  }

  private(set) var layers: [Layer]
  private let rule: SGD

  /// The first hidden layer has two whole tiles of vectors, and part of another.
  init(_ form: DenseStepsTrialForm) {
    rule = SGD(learningRate: 0.125, momentum: form.hasMomentum ? 0.75 : 0)
    var sizes = [TrialExamples.columns]
    for number in 0..<form.layers - 1 {
      sizes.append(number == 0 ? 2 * 16 * form.vectors + 3 : 5 + number)
    }
    sizes.append(form.loss.columns)
    layers = (0..<form.layers).map { number in
      let (inputs, outputs) = (sizes[number], sizes[number + 1])
      return Layer(
        inputs: inputs, outputs: outputs,
        activation: number == form.layers - 1 ? .identity : form.hiddenActivation,
        weights: TrialNumbers.whole(inputs * outputs, seed: 2 * number).map { Double($0) / 64 },
        bias: TrialNumbers.eighths(outputs, seed: 2 * number + 1).map(Double.init),
        velocity: TrialNumbers.whole(inputs * outputs, seed: number).map { Double($0) / 256 },
        biasVelocity: TrialNumbers.whole(outputs, seed: number).map { Double($0) / 256 })
    }
  }

  // MARK: On the host

  /// A step with a batch of inputs and their places in the order of the examples.
  mutating func train(
    _ batch: [(input: [Float], place: Int)], _ loss: TrialLoss, rate: Float
  ) -> [(loss: Double, isHit: Bool)] {
    var gradients = layers.map { layer in
      (
        weights: [Double](repeating: 0, count: layer.weights.count),
        bias: [Double](repeating: 0, count: layer.bias.count)
      )
    }
    var results: [(loss: Double, isHit: Bool)] = []
    for (input, place) in batch {
      let values = forward(input.map(Double.init))
      let result = loss.result(values[layers.count], place: place)
      results.append((result.loss, result.isHit))
      var delta = result.delta
      for number in layers.indices.reversed() {
        for (i, x) in values[number].enumerated() {
          for (j, d) in delta.enumerated() {
            gradients[number].weights[i * delta.count + j] += x * d
          }
        }
        for (j, d) in delta.enumerated() { gradients[number].bias[j] += d }
        if number > 0 { delta = inputDelta(delta, number, values[number]) }
      }
    }
    for number in layers.indices { update(number, gradients[number], rate: rate) }
    return results
  }

  private func forward(_ input: [Double]) -> [[Double]] {
    var values = [input]
    for (number, layer) in layers.enumerated() {
      values.append(
        (0..<layer.outputs).map { column in
          var sum = layer.bias[column]
          for (i, x) in values[number].enumerated() {
            sum += x * layer.weights[i * layer.outputs + column]
          }
          return layer.activation == .identity ? sum : Double(layer.activation.value(Float(sum)))
        })
    }
    return values
  }

  private func inputDelta(_ delta: [Double], _ number: Int, _ values: [Double]) -> [Double] {
    let (layer, activation) = (layers[number], layers[number - 1].activation)
    return values.enumerated().map { i, value in
      var sum = 0.0
      for (j, d) in delta.enumerated() { sum += d * layer.weights[i * layer.outputs + j] }
      return sum * Double(activation.derivative(output: Float(value)))
    }
  }

  private mutating func update(
    _ number: Int, _ gradients: (weights: [Double], bias: [Double]), rate: Float
  ) {
    let (momentum, rate) = (Double(rule.momentum), Double(rule.learningRate * rate))
    for (i, gradient) in gradients.weights.enumerated() {
      layers[number].velocity[i] = momentum * layers[number].velocity[i] + gradient
      layers[number].weights[i] -= rate * layers[number].velocity[i]
    }
    for (j, gradient) in gradients.bias.enumerated() {
      layers[number].biasVelocity[j] = momentum * layers[number].biasVelocity[j] + gradient
      layers[number].bias[j] -= rate * layers[number].biasVelocity[j]
    }
  }

  // MARK: On the device

  /// The operands of a step, with the network as it is now.
  func step(
    _ examples: TrialExamples, _ loss: TrialLoss, rows: Int, on backend: OpenCLBackend
  ) throws(BackendError) -> DenseStep<OpenCLBackend> {
    let batch = try examples.batch(of: rows, on: backend)
    let request = try loss.request(batch, on: backend)
    let parameters = try arena(on: backend) { ($0.weights, $0.bias) }
    let velocity = try arena(on: backend) { ($0.velocity, $0.biasVelocity) }
    var input = try backend.makeMatrix(rows: rows, columns: TrialExamples.columns)
    var operands: [DenseStep<OpenCLBackend>.Layer] = []
    for (number, layer) in layers.enumerated() {
      let isLast = number == layers.count - 1
      let output =
        isLast ? request.outputs : try backend.makeMatrix(rows: rows, columns: layer.outputs)
      let delta =
        isLast ? request.delta : try backend.makeMatrix(rows: rows, columns: layer.outputs)
      operands.append(
        .init(
          DenseUpdate(
            input: input, delta: delta, parameters: parameters.layers[number],
            velocity: velocity.layers[number]),
          layer.activation, output: output))
      input = output
    }
    return DenseStep(
      examples: try examples.examples(on: backend), scaling: try examples.scaling(on: backend),
      layers: operands, loss: request, parameters: parameters.all, velocity: velocity.all,
      rule: rule)
  }

  /// Weights and biases of all layers as views of one vector.
  private func arena(
    on backend: OpenCLBackend, _ tensors: (Layer) -> (weights: [Double], bias: [Double])
  ) throws(BackendError) -> (
    all: Vector<OpenCLBackend>, layers: [DenseParameters<OpenCLBackend>]
  ) {
    let size = MemoryLayout<Float>.stride
    func bytes(rows: Int, columns: Int) -> Int {
      (rows * MatrixLayout.stride(columns: columns) * size).rounded(upTo: backend.viewAlignment)
    }
    let count = layers.reduce(0) {
      $0 + bytes(rows: $1.inputs, columns: $1.outputs) + bytes(rows: 1, columns: $1.outputs)
    }
    let all = try backend.makeVector(count: count / size)
    var start = 0
    func part(_ values: [Double], rows: Int) throws(BackendError) -> Matrix<OpenCLBackend> {
      let columns = values.count / rows
      let end = start + bytes(rows: rows, columns: columns)
      let matrix = Matrix<OpenCLBackend>(
        storage: backend.makeView(of: all.storage, bytes: start..<end), rows: rows,
        columns: columns, stride: MatrixLayout.stride(columns: columns))
      try backend.write(values.map { Float($0) }, to: matrix)
      start = end
      return matrix
    }
    var parts: [DenseParameters<OpenCLBackend>] = []
    for layer in layers {
      let (weights, bias) = tensors(layer)
      let matrix = try part(weights, rows: layer.inputs)
      parts.append(
        DenseParameters(
          weights: matrix,
          bias: Vector(storage: try part(bias, rows: 1).storage, count: bias.count)))
    }
    return (all, parts)
  }
}
