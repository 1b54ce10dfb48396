import Lamina

/// The shape of a dense layer, and its batch size.
struct LayerShape: Sendable, CustomStringConvertible {
  let batch, inputs, outputs: Int
  var description: String { "\(batch): \(inputs)-\(outputs)" }
}

/// The operands of a layer: whole numbers, which make sums exact, in storage with padding.
struct DenseOperands<B: Backend> {
  let input, output, delta, inputDelta: Guarded<B>
  let weights, bias, velocity, biasVelocity: Guarded<B>
  let parameters, velocities: DenseParameters<B>

  init(_ backend: B, _ shape: LayerShape) throws {
    func matrix(_ rows: Int, _ columns: Int, _ seed: UInt64) throws -> Guarded<B> {
      try backend.guarded(
        DesignedData.integers(rows * columns, seed: seed), rows: rows, columns: columns)
    }
    input = try matrix(shape.batch, shape.inputs, 31)
    output = try matrix(shape.batch, shape.outputs, 32)
    delta = try matrix(shape.batch, shape.outputs, 33)
    inputDelta = try matrix(shape.batch, shape.inputs, 34)
    weights = try matrix(shape.inputs, shape.outputs, 35)
    bias = try matrix(1, shape.outputs, 36)
    velocity = try matrix(shape.inputs, shape.outputs, 37)
    biasVelocity = try matrix(1, shape.outputs, 38)
    parameters = DenseParameters(weights: weights.matrix, bias: bias.vector)
    velocities = DenseParameters(weights: velocity.matrix, bias: biasVelocity.vector)
  }
}

extension Array {
  /// `inputDelta = (delta · weightsᵀ) · f'`, where `input` is the output of `f`.
  static func denseDelta<B: Backend>(
    _ delta: Matrix<B>, _ layer: DenseParameters<B>, _ activation: Activation, input: Matrix<B>,
    into inputDelta: Matrix<B>
  ) -> [Operation<B>] where Element == Operation<B> {
    [.matmul(delta, layer.weights.transposed, into: inputDelta)]
      + (activation == .identity
        ? [] : [.activationDelta(activation, saved: input, on: inputDelta)])
  }
}

/// `output = f(input · weights + bias)`.
struct DenseForward: CheckedUse {
  let shape: LayerShape
  let activation: Activation
  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let operands = try DenseOperands(backend, shape)
    try backend.perform(
      .dense(operands.input.matrix, operands.parameters, activation, into: operands.output.matrix))
    return [
      try operands.output.values(), try operands.input.values(), try operands.weights.values(),
    ]
  }
}

/// The delta of a layer's input.
struct DenseBackward: CheckedUse {
  let shape: LayerShape
  let activation: Activation
  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let operands = try DenseOperands(backend, shape)
    try backend.perform(
      .denseDelta(
        operands.delta.matrix, operands.parameters, activation, input: operands.input.matrix,
        into: operands.inputDelta.matrix))
    return [try operands.inputDelta.values(), try operands.input.values()]
  }
}

/// Three updates of several layers.
struct DenseUpdates: CheckedUse {
  let shapes: [LayerShape]
  let momentum: Float
  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let sizes = [shapes[0].inputs] + shapes.map(\.outputs)
    let description = NetworkDescription(
      inputs: sizes[0], layers: sizes.dropFirst().map { .dense(outputs: $0, activation: .relu) },
      loss: .quadratic)
    let values = NetworkParameters(
      tensors: shapes.flatMap {
        [
          DesignedData.integers($0.inputs * $0.outputs, seed: 41),
          DesignedData.integers($0.outputs, seed: 42),
        ]
      })
    let network = try Network(description, values: values, on: backend)
    let operands = try shapes.map { try DenseOperands(backend, $0) }
    // The order of a step is from the last layer to the first.
    let gradients = shapes.indices.reversed().flatMap { number in
      [Operation<B>].denseGradients(
        operands[number].input.matrix, operands[number].delta.matrix, beta: momentum,
        into: network.gradients.dense[number])
    }
    let prepared = try backend.prepare(
      gradients + [
        .update(
          network.parameters.all, gradients: network.gradients.all,
          by: .sgd(SGD(learningRate: 0.25)))
      ])
    for _ in 0..<3 {
      try backend.run(prepared, with: StepArguments(learningRateFactor: 0.5))
    }
    let trained = try network.values()
    return try trained.tensors
      + network.gradients.dense.flatMap {
        [try backend.values(of: $0.weights), try backend.values(of: $0.bias)]
      }
  }
}
