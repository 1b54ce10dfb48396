import Lamina
import Support
import Testing

extension OperationTests {
  /// The composite operations against the default ones, which the reference backend has.
  @Suite struct DenseTests {
    struct Shape: Sendable, CustomTestStringConvertible {
      let batch, inputs, outputs: Int
      var testDescription: String { "\(batch): \(inputs)-\(outputs)" }
    }

    /// As they go into products, with and without a parameter; ``ActivationTests`` has them all.
    static let activations = [
      Activation.identity, .logistic, .relu, .leakyReLU(slope: 0.2),
    ]
    static let shapes = [
      Shape(batch: 1, inputs: 1, outputs: 1), Shape(batch: 2, inputs: 3, outputs: 5),
      Shape(batch: 1, inputs: 37, outputs: 10), Shape(batch: 7, inputs: 13, outputs: 11),
      Shape(batch: 16, inputs: 16, outputs: 16), Shape(batch: 32, inputs: 64, outputs: 32),
      Shape(batch: 33, inputs: 65, outputs: 31), Shape(batch: 64, inputs: 784, outputs: 128),
      Shape(batch: 48, inputs: 100, outputs: 10), Shape(batch: 64, inputs: 128, outputs: 64),
    ]
    /// Large enough for what pays with large layers only, and with rows of a power of two.
    static let large = Shape(batch: 256, inputs: 256, outputs: 256)

    /// The operands of a layer: whole numbers for exact sums, in storage with padding.
    struct Operands<B: Backend> {
      let input, output, delta, inputDelta: Guarded<B>
      let weights, bias, velocity, biasVelocity: Guarded<B>
      let parameters: DenseParameters<B>
      let velocities: DenseParameters<B>

      init(_ backend: B, _ shape: Shape) throws {
        func matrix(_ rows: Int, _ columns: Int, _ seed: UInt64) throws -> Guarded<B> {
          try Guarded(
            backend, rows: rows, columns: columns, stride: MatrixLayout.stride(columns: columns),
            values: DesignedData.integers(rows * columns, seed: seed))
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

    struct Forward: Operation {
      let shape: Shape
      let activation: Activation
      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let operands = try Operands(backend, shape)
        let prepared = try backend.prepare { () throws(BackendError) in
          try backend.denseForward(
            operands.input.matrix, operands.parameters, activation, into: operands.output.matrix)
        }
        try backend.run(prepared, with: StepArguments())
        return [
          try operands.output.values(), try operands.input.values(), try operands.weights.values(),
        ]
      }
    }

    @Test(arguments: TestBackend.all, shapes)
    func forward(backend: TestBackend, shape: Shape) throws {
      for activation in Self.activations {
        try Forward(shape: shape, activation: activation).check(
          on: backend, ActivationTests.tolerance(activation))
      }
    }

    struct Backward: Operation {
      let shape: Shape
      let activation: Activation
      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let operands = try Operands(backend, shape)
        let prepared = try backend.prepare { () throws(BackendError) in
          try backend.denseBackward(
            operands.delta.matrix, operands.parameters, activation, input: operands.input.matrix,
            into: operands.inputDelta.matrix)
        }
        try backend.run(prepared, with: StepArguments())
        return [try operands.inputDelta.values(), try operands.input.values()]
      }
    }

    @Test(arguments: TestBackend.all, shapes)
    func backward(backend: TestBackend, shape: Shape) throws {
      for activation in Self.activations {
        try Backward(shape: shape, activation: activation).check(on: backend, .exact)
      }
    }

    @Test(arguments: TestBackend.all)
    func largeLayer(backend: TestBackend) throws {
      try Forward(shape: Self.large, activation: .relu).check(on: backend, .exact)
      try Backward(shape: Self.large, activation: .relu).check(on: backend, .exact)
    }

    struct Updates: Operation {
      let shapes: [Shape]
      let momentum: Float
      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let sizes = [shapes[0].inputs] + shapes.map(\.outputs)
        let description = NetworkDescription(
          inputs: sizes[0],
          layers: sizes.dropFirst().map { .dense(outputs: $0, activation: .relu) },
          loss: .quadratic)
        let values = NetworkParameters(
          tensors: shapes.flatMap {
            [
              DesignedData.integers($0.inputs * $0.outputs, seed: 41),
              DesignedData.integers($0.outputs, seed: 42),
            ]
          })
        let network = try Network(description, values: values, on: backend)
        let operands = try shapes.map { try Operands(backend, $0) }
        let updates = shapes.indices.map { number in
          DenseUpdate(
            input: operands[number].input.matrix, delta: operands[number].delta.matrix,
            parameters: network.dense[number], velocity: network.gradients.dense[number])
        }
        let prepared = try backend.prepare { () throws(BackendError) in
          try backend.denseUpdates(
            updates, parameters: network.parameters.all, velocity: network.gradients.all,
            rule: SGD(learningRate: 0.25, momentum: momentum))
        }
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

    @Test(arguments: TestBackend.all, shapes)
    func updates(backend: TestBackend, shape: Shape) throws {
      let second = Shape(batch: shape.batch, inputs: shape.outputs, outputs: 10)
      for momentum: Float in [0, 0.5] {
        try Updates(shapes: [shape, second], momentum: momentum).check(on: backend, .exact)
      }
    }
  }
}
