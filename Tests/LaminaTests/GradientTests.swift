import Lamina
import Support
import Testing

/// Finite differences: the deltas and updates of whole networks against the slope of their loss.
@Suite struct GradientTests {
  static let networks: [NetworkDescription] = [
    network([.tanh, .logistic, .identity], .softmaxCrossEntropy, .mean),
    network([.relu, .tanh, .identity], .softmaxCrossEntropy, .sum),
    network([.tanh, .logistic, .logistic], .quadratic, .sum),
    network([.logistic, .identity, .tanh], .quadratic, .mean),
    network([.identity, .tanh, .identity], .quadratic, .mean),
  ]

  private static func network(
    _ activations: [Activation], _ loss: Loss, _ reduction: Reduction
  ) -> NetworkDescription {
    NetworkDescription(
      inputs: 5, layers: zip([4, 6, 3], activations).map { .init(outputs: $0, activation: $1) },
      loss: loss, reduction: reduction, inputScaling: InputScaling(scale: 0.5, offset: 0.1))
  }

  @Test(arguments: networks)
  func gradientsAreTheSlopesOfTheLoss(description: NetworkDescription) throws {
    let values = NetworkParameters(for: description, initialization: .pyTorch, seed: 61)
    let (_, gradient) = try step(description, values)
    // The reference keeps Float between operations: a step of 1/512 balances the error of the
    // difference, and the chance of crossing a kink of ReLU, with rounding.
    let size: Float = 1.0 / 512
    for (layer, parameters) in values.layers.enumerated() {
      for index in parameters.weights.indices {
        func loss(_ change: Float) throws -> Double {
          var changed = values
          changed.layers[layer].weights[index] += change
          return try step(description, changed).loss
        }
        let slope = try (loss(size) - loss(-size)) / Double(2 * size)
        let actual = Double(gradient.layers[layer].weights[index])
        #expect(
          abs(slope - actual) < 2e-4 + 2e-3 * abs(slope), "layer \(layer), weight \(index)")
      }
      for index in parameters.bias.indices {
        func loss(_ change: Float) throws -> Double {
          var changed = values
          changed.layers[layer].bias[index] += change
          return try step(description, changed).loss
        }
        let slope = try (loss(size) - loss(-size)) / Double(2 * size)
        let actual = Double(gradient.layers[layer].bias[index])
        #expect(abs(slope - actual) < 2e-4 + 2e-3 * abs(slope), "layer \(layer), bias \(index)")
      }
    }
  }

  /// One step with rate 1 and no momentum: the change of the parameters is the gradient.
  private func step(
    _ description: NetworkDescription, _ values: NetworkParameters
  ) throws -> (loss: Double, gradient: NetworkParameters) {
    let backend = ReferenceBackend()
    let network = try Network(description, values: values, on: backend)
    let count = 7
    let dataset = Dataset(
      name: "test", inputs: .floats(DesignedData.uniform(count * 5, bound: 2, seed: 62)),
      targets: .classes(
        DesignedData.labels(count, classes: 3, seed: 63), classNames: ["0", "1", "2"]),
      features: 5)
    let buffers = try BatchBuffers(description, rows: count, on: backend)
    let indices = try backend.makeIndices([Int32](0..<Int32(count)))
    try TrainingStep(
      network, batch: BatchIndices(indices, count: count),
      data: DeviceDataset(dataset, on: backend), buffers: buffers, rule: SGD(learningRate: 1)
    ).run(StepArguments())
    let loss = try backend.values(of: buffers.meter.losses).reduce(0) { $0 + Double($1) }
    var gradient = try network.values()
    for layer in gradient.layers.indices {
      gradient.layers[layer].weights = zip(
        values.layers[layer].weights, gradient.layers[layer].weights
      ).map { $0 - $1 }
      gradient.layers[layer].bias = zip(
        values.layers[layer].bias, gradient.layers[layer].bias
      ).map { $0 - $1 }
    }
    return (description.reduction == .mean ? loss / Double(count) : loss, gradient)
  }
}
