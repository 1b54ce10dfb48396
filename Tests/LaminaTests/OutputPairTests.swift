import Lamina
import Testing

/// Which output activations go with which losses.
@Suite struct OutputPairTests {
  private static func description(_ activation: Activation, _ loss: Loss) -> NetworkDescription {
    NetworkDescription(
      inputs: 3,
      layers: [.dense(outputs: 2 * loss.outputsPerTarget, activation: activation)], loss: loss)
  }

  @Test(arguments: Activation.allCases)
  func theOutputActivationIsThatOfTheLastLayer(activation: Activation) throws {
    #expect(Self.description(activation, .quadratic).outputActivation == activation)
    let alone = NetworkDescription(
      inputs: 3, layers: [.dense(outputs: 2, activation: .identity), .activation(activation)],
      loss: .quadratic)
    #expect(alone.outputActivation == activation)
  }

  @Test(arguments: Activation.allCases, Loss.allCases)
  func sensiblePairsPassAndOthersDoNot(activation: Activation, loss: Loss) {
    let isSensible =
      switch loss {
      case .softmaxCrossEntropy, .logisticCrossEntropy, .perceptron, .poisson, .quantile,
        .gaussianLikelihood:
        activation == .identity
      case .negativeLogLikelihood, .klDivergence: activation == .logSoftmax
      case .quadratic, .squaredError, .absoluteError, .huber: true
      }
    let description = Self.description(activation, loss)
    if isSensible {
      #expect(throws: Never.self) { try description.validate() }
    } else {
      #expect(throws: NetworkError.self) { try description.validate() }
    }
  }

  @Test func refusalsNameTheSensiblePairs() throws {
    let error = #expect(throws: NetworkError.self) {
      try Self.description(.logSoftmax, .softmaxCrossEntropy()).validate()
    }
    #expect(
      "\(try #require(error))"
        == "the loss softmax_cross_entropy goes with the output activation identity, and "
        + "log_softmax with the losses quadratic, mse, mae, huber, nll, kl_divergence")
  }

  @Test(arguments: [
    Activation.elu(alpha: 0), .elu(alpha: .nan), .scaledLogistic(scale: -1),
    .leakyReLU(slope: -0.1), .leakyReLU(slope: .infinity),
  ])
  func parametersWithoutSenseAreRefused(activation: Activation) {
    #expect(throws: NetworkError.self) { try Self.description(activation, .quadratic).validate() }
  }

  @Test(arguments: [
    Loss.huber(threshold: 0), .huber(threshold: .infinity), .softmaxCrossEntropy(smoothing: 1),
    .softmaxCrossEntropy(smoothing: -0.1), .gaussianLikelihood(epsilon: 0),
    .gaussianLikelihood(epsilon: .nan), .quantile(levels: []), .quantile(levels: [0, 0.5]),
    .quantile(levels: [0.5, 1]), .quantile(levels: [0.5, 0.5]), .quantile(levels: [0.9, 0.1]),
    .quantile(levels: [.nan]), .quantile(levels: (1...100).map { Float($0) / 128 }),
  ])
  func lossParametersWithoutSenseAreRefused(loss: Loss) {
    #expect(throws: NetworkError.self) { try Self.description(.identity, loss).validate() }
  }

  @Test func eachTargetHasAllOutputs() throws {
    let network = NetworkDescription(
      inputs: 3, layers: [.dense(outputs: 5, activation: .identity)],
      loss: .gaussianLikelihood())
    let error = #expect(throws: NetworkError.self) { try network.validate() }
    #expect(
      "\(try #require(error))"
        == "the loss gaussian_nll needs 2 outputs for each target, and the network has 5 outputs; "
        + "6 would be a multiple")
    #expect(Self.description(.identity, .quantile(levels: [0.1, 0.9])).targets == 2)
  }

  @Test func countsAreNotScaled() throws {
    var network = Self.description(.identity, .poisson)
    network.targetScaling = TargetScaling(means: [1, 2], deviations: [1, 2])
    let error = #expect(throws: NetworkError.self) { try network.validate() }
    #expect(
      "\(try #require(error))"
        == "the loss poisson takes counts as they are, and the network has a target scaling; "
        + "leave that out")
  }

  @Test(arguments: [Loss.poisson, .quantile(), .gaussianLikelihood()])
  func lossesForNumbersTakeNoClasses(loss: Loss) {
    let classes = Dataset(
      name: "test", inputs: .floats([1, 2]), targets: .classes([0], classNames: ["a", "b"]),
      features: 2)
    #expect(throws: NetworkError.self) { try loss.validate(targetsOf: classes) }
    let numbers = Dataset(
      name: "test", inputs: .floats([1, 2]), targets: .values([-1], names: ["a"]), features: 2)
    #expect((try? loss.validate(targetsOf: numbers)) == nil ? loss == .poisson : loss != .poisson)
  }
}
