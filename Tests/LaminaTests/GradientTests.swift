import Lamina
import LaminaCheck
import LaminaReference
import Support
import Testing

/// Finite differences: the deltas and updates of whole networks against the slope of their loss.
@Suite struct GradientTests {
  static let networks: [NetworkDescription] =
    someNetworks
    // The unit step's derivative is 0 by definition, not the slope.
    + Activation.elementwise.filter { $0 != .step }.map {
      network([.tanh, $0, .identity], .squaredError, .mean)
    }

  private static let someNetworks: [NetworkDescription] = [
    network([.tanh, .logistic, .identity], .softmaxCrossEntropy(), .mean),
    network([.relu, .tanh, .identity], .softmaxCrossEntropy(), .sum),
    network([.tanh, .logistic, .logistic], .quadratic, .sum),
    network([.logistic, .identity, .tanh], .quadratic, .mean),
    network([.identity, .tanh, .identity], .quadratic, .mean),
    network([.softplus, .gelu, .identity], .squaredError, .meanOfElements),
    network([.elu(alpha: 0.5), .scaledLogistic(), .absolute], .squaredError, .mean),
    network([.leakyReLU(slope: 0.2), .silu, .softmax], .squaredError, .meanOfElements),
    network([.silu, .softplus, .gelu], .huber(threshold: 0.3), .sum),
    network([.tanh, .elu(), .softplus], .absoluteError, .mean),
    network([.tanh, .gelu, .logSoftmax], .negativeLogLikelihood, .mean),
    network([.tanh, .silu, .logSoftmax], .klDivergence, .meanOfElements),
    network([.tanh, .logistic, .logSoftmax], .squaredError, .meanOfElements),
    network([.tanh, .softmax, .identity], .logisticCrossEntropy, .meanOfElements),
    network([.tanh, .logistic, .identity], .perceptron, .mean),
    network([.tanh, .logistic, .identity], .softmaxCrossEntropy(smoothing: 0.2), .mean),
    network([.tanh, .logistic, .identity], .poisson, .mean),
    network([.tanh, .logistic, .identity], .quantile(levels: [0.2, 0.9]), .meanOfElements),
    network([.tanh, .logistic, .identity], .gaussianLikelihood(), .meanOfElements),
    NetworkDescription(
      inputs: 5,
      layers: [
        .activation(.tanh), .dense(outputs: 4, activation: .identity), .activation(.logistic),
        .residual([
          .dense(outputs: 6, activation: .tanh), .residual([.dense(outputs: 6, activation: .tanh)]),
          .dense(outputs: 4, activation: .identity),
        ]),
        .residual([.activation(.tanh), .dense(outputs: 4, activation: .logistic)]),
        .activation(.tanh), .dense(outputs: 3, activation: .identity),
      ], loss: .softmaxCrossEntropy()),
    // Normalisation first, before and after others, before and inside of blocks.
    normalizing(.batchNormalization(epsilon: 0.1)),
    normalizing(.layerNormalization(epsilon: 0.1)),
    NetworkDescription(
      inputs: 5,
      layers: [
        .dropout(rate: 0.2), .maxout(outputs: 4, pieces: 3), .dropout(rate: 0.5),
        .residual([.dropout(rate: 0)]),
        .residual([.dropout(rate: 0.3), .maxout(outputs: 4, pieces: 2), .dropout(rate: 0.1)]),
        .activation(.tanh), .dropout(rate: 0.25), .dense(outputs: 3, activation: .logistic),
        .dropout(rate: 0.1),
      ], loss: .quadratic),
    // Categories of two columns, of which the examples have some twice and some not at all.
    NetworkDescription(
      inputs: 5,
      layers: [
        .embedding([
          EmbeddedColumn(categories: 4, width: 3), EmbeddedColumn(categories: 9, width: 2),
        ]), .layerNormalization(epsilon: 0.1), .dense(outputs: 4, activation: .tanh),
        .dense(outputs: 3, activation: .identity),
      ], loss: .softmaxCrossEntropy()),
  ]

  /// Inputs of examples, with categories and a few numbers that are none in embedded columns.
  private static func inputs(_ count: Int, for description: NetworkDescription) -> [Float] {
    var inputs = DesignedData.uniform(count * 5, bound: 2, seed: 62)
    for (place, column) in description.embeddedColumns.reversed().enumerated() {
      for row in 0..<count {
        inputs[row * 5 + 4 - place] = Float((row * 3 + 1) % (column.categories + 1) - 1)
      }
    }
    return inputs
  }

  private static func normalizing(_ normalization: Layer) -> NetworkDescription {
    NetworkDescription(
      inputs: 5,
      layers: [
        normalization, .dense(outputs: 4, activation: .tanh), normalization,
        .residual([
          normalization, .activation(.logistic), .dense(outputs: 4, activation: .identity),
        ]),
        .residual([.dense(outputs: 4, activation: .identity), normalization, .activation(.tanh)]),
        .residual([normalization]), .dense(outputs: 3, activation: .identity), normalization,
      ], loss: .softmaxCrossEntropy())
  }

  private static func network(
    _ activations: [Activation], _ loss: Loss, _ reduction: Reduction
  ) -> NetworkDescription {
    NetworkDescription(
      inputs: 5,
      layers: zip([4, 6, 3 * loss.outputsPerTarget], activations).map {
        .dense(outputs: $0, activation: $1)
      },
      loss: loss, reduction: reduction, inputScaling: .uniform(scale: 0.5, offset: 0.1))
  }

  @Test(arguments: networks)
  func gradientsAreTheSlopesOfTheLoss(description: NetworkDescription) throws {
    try check(description, Penalties())
  }

  @Test(arguments: [Penalties(l1: 0.3), Penalties(l2: 0.7), Penalties(l1: 0.2, l2: 0.4)])
  func gradientsOfPenaltiesAreTheirSlopes(penalties: Penalties) throws {
    try check(Self.networks[0], penalties)
  }

  private func check(_ description: NetworkDescription, _ penalties: Penalties) throws {
    let values = NetworkParameters(for: description, initialization: .pyTorch, seed: 61)
    let (_, gradient) = try step(description, values, penalties)
    // Parameters and losses are Float where the host meets them: a step of 1/512 balances the error
    // of the difference, and the chance of crossing a kink of ReLU, with rounding.
    let size: Float = 1.0 / 512
    for (tensor, numbers) in values.tensors.enumerated()
    where description.parameterTensors[tensor].isTrained {
      let name = description.parameterTensors[tensor].name
      for index in numbers.indices {
        func loss(_ change: Float) throws -> Double {
          var changed = values
          changed.tensors[tensor][index] += change
          return try step(description, changed, penalties).loss
        }
        let slope = try (loss(size) - loss(-size)) / Double(2 * size)
        let actual = Double(gradient.tensors[tensor][index])
        #expect(abs(slope - actual) < 2e-4 + 2e-3 * abs(slope), "\(name), \(index)")
      }
    }
  }

  /// One step with rate 1 and no momentum: the change of the parameters is the gradient.
  private func step(
    _ description: NetworkDescription, _ values: NetworkParameters, _ penalties: Penalties
  ) throws -> (loss: Double, gradient: NetworkParameters) {
    let backend = ReferenceBackend()
    let network = try Network(description, values: values, on: backend)
    let count = 7
    let dataset = Dataset(
      name: "test", inputs: .floats(Self.inputs(count, for: description)),
      targets: .classes(
        DesignedData.labels(count, classes: 3, seed: 63), classNames: ["0", "1", "2"]),
      features: 5)
    let buffers = try BatchBuffers(description, rows: count, on: backend)
    let indices = try backend.makeIndices([Int32](0..<Int32(count)))
    let rule = UpdateRule(.sgd(SGD(learningRate: 1)), penalties: penalties)
    let update = try ParameterUpdate(rule, of: network)
    let penalty = try update.penalty()
    try TrainingStep(
      network, batch: BatchIndices(indices, count: count),
      data: DeviceDataset(dataset, for: network.description, on: backend), buffers: buffers,
      update: update, seed: 64
    ).run(StepArguments(step: 5))
    let loss = try backend.values(of: buffers.meter.losses).reduce(0) { $0 + Double($1) }
    var gradient = try network.values()
    for tensor in gradient.tensors.indices {
      gradient.tensors[tensor] = zip(values.tensors[tensor], gradient.tensors[tensor]).map(-)
    }
    return ((description.reduction == .sum ? loss : loss / Double(count)) + penalty, gradient)
  }
}
