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

  @Test func aFormulaMayTakeAListOfNumbers() throws {
    #expect(try Loss(parsing: "quantile") == .quantile(levels: [0.1, 0.5, 0.9]))
    #expect(try Loss(parsing: "quantile(0.25)") == .quantile(levels: [0.25]))
    #expect(try Loss(parsing: "quantile( 0.05, 0.95 )") == .quantile(levels: [0.05, 0.95]))
    #expect("\(Loss.quantile(levels: [0.05, 0.95]))" == "quantile(0.05, 0.95)")
    #expect(try Loss(parsing: "gaussian_nll(1e-4)") == .gaussianLikelihood(epsilon: 1e-4))
    for (text, sentence) in [
      ("quantile(half)", "a number of quantile is 'half'; it must be a number"),
      ("quantile(level=0.5)", "quantile has no argument 'level'"),
    ] {
      let error = #expect(throws: TextError.self) { try Loss(parsing: text) }
      #expect("\(try #require(error))" == sentence)
    }
    #expect(Loss("quantile(0.1,)") == nil && Loss("quantile()") == nil)
  }

  /// Formulas survive a round trip through text and through model files.
  @Test func textsAreReadAgain() throws {
    for activation in Activation.allCases + [.elu(alpha: 1.5), .leakyReLU(slope: 0.2)] {
      #expect(try Activation(parsing: "\(activation)") == activation)
      #expect(Activation("\(activation)") == activation)
    }
    let losses: [Loss] = [
      .huber(threshold: 0.3), .softmaxCrossEntropy(smoothing: 0.1),
      .quantile(levels: [0.05, 0.95]), .gaussianLikelihood(epsilon: 0.01),
    ]
    for loss in Loss.allCases + losses {
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
