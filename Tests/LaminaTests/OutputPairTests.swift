import Lamina
import Testing

/// Which output activations go with which losses.
@Suite struct OutputPairTests {
  private static func description(_ activation: Activation, _ loss: Loss) -> NetworkDescription {
    NetworkDescription(
      inputs: 3, layers: [.dense(outputs: 2, activation: activation)], loss: loss)
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
      case .softmaxCrossEntropy, .logisticCrossEntropy, .perceptron: activation == .identity
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
    .softmaxCrossEntropy(smoothing: -0.1),
  ])
  func lossParametersWithoutSenseAreRefused(loss: Loss) {
    #expect(throws: NetworkError.self) { try Self.description(.identity, loss).validate() }
  }
}
