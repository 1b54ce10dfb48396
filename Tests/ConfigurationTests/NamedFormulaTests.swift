import Lamina
import LaminaConfiguration
import Testing

/// Activations and losses as written in options and configurations.
@Suite struct NamedFormulaTests {
  @Test func namesWithAndWithoutParameters() throws {
    #expect(try Activation(parsing: "relu") == .relu)
    #expect(try Activation(parsing: "leaky_relu") == .leakyReLU(slope: 0.01))
    #expect(try Activation(parsing: " leaky_relu( 0.2 ) ") == .leakyReLU(slope: 0.2))
    #expect(try Activation(parsing: "elu(alpha=1.5)") == .elu(alpha: 1.5))
    #expect(try Activation(parsing: "scaled_logistic(2)") == .scaledLogistic(scale: 2))
    #expect(try Loss(parsing: "huber(0.5)") == .huber(threshold: 0.5))
    #expect(
      try Loss(parsing: "softmax_cross_entropy(0.1)") == .softmaxCrossEntropy(smoothing: 0.1))
  }

  /// Formulas survive a round trip through text and through model files.
  @Test func textsAreReadAgain() throws {
    for activation in Activation.allCases + [.elu(alpha: 1.5), .leakyReLU(slope: 0.2)] {
      #expect(try Activation(parsing: "\(activation)") == activation)
      #expect(Activation("\(activation)") == activation)
    }
    for loss in Loss.allCases + [.huber(threshold: 0.3), .softmaxCrossEntropy(smoothing: 0.1)] {
      #expect(try Loss(parsing: "\(loss)") == loss)
      #expect(Loss("\(loss)") == loss)
    }
  }

  @Test(arguments: [
    ("rleu", "there is no activation 'rleu'; did you mean 'relu'?"),
    ("relu(2)", "relu has 1 argument, but takes none"),
    ("elu(much)", "alpha of elu is 'much'; it must be a number"),
    ("elu(slope=1)", "elu has no argument 'slope'"), ("elu(1, 2)", "elu has 2 arguments"),
    ("elu(", "is not a name with arguments"), ("", "is not a name with arguments"),
  ])
  func badTextsSayWhatWouldBeRight(text: String, sentence: String) throws {
    let error = #expect(throws: TextError.self) { try Activation(parsing: text) }
    #expect("\(try #require(error))".contains(sentence))
  }

  @Test func lossesHaveTheirOwnNearestName() throws {
    let error = #expect(throws: TextError.self) { try Loss(parsing: "hubber") }
    #expect("\(try #require(error))".contains("there is no loss 'hubber'; did you mean 'huber'?"))
  }
}
