import Lamina
import Testing

@Suite struct ValidationTests {
  static let good = TrainingOptions(
    batchSize: 10, epochs: 1, optimizer: SGD(learningRate: 0.1, momentum: 0.9), seed: 1)

  @Test func goodOptionsPass() throws {
    try Self.good.validate(exampleCount: 10)
  }

  struct BadOption: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout TrainingOptions) -> Void

    init(_ sentence: String, _ change: @escaping @Sendable (inout TrainingOptions) -> Void) {
      testDescription = sentence
      self.change = change
    }
  }

  static let badOptions = [
    BadOption("batch size is 0") { $0.batchSize = 0 },
    BadOption("batch size is 11; it must be at most the 10 examples") { $0.batchSize = 11 },
    BadOption("epochs is -1") { $0.epochs = -1 },
    BadOption("steps is 0") { $0.stepLimit = 0 },
    BadOption("number of parts of a batch is 0; it must be from 1 to the batch size, 10") {
      $0.accumulation = 0
    },
    BadOption("number of parts of a batch is 11") { $0.accumulation = 11 },
    BadOption("learning rate is nan") { $0.sgd(SGD(learningRate: .nan)) },
    BadOption("learning rate is 0.0") { $0.sgd(SGD(learningRate: 0)) },
    BadOption("learning rate is inf") { $0.sgd(SGD(learningRate: .infinity)) },
    BadOption("learning rate is -1.0") {
      $0.rule.optimizer = .adagrad(Adagrad(learningRate: -1))
    },
    BadOption("momentum is 1.0") { $0.sgd(SGD(learningRate: 1, momentum: 1)) },
    BadOption("momentum is -0.1") { $0.sgd(SGD(learningRate: 1, momentum: -0.1)) },
    BadOption("Nesterov's momentum needs a momentum above 0") {
      $0.sgd(SGD(learningRate: 1, nesterov: true))
    },
    BadOption("epsilon is 0.0") { $0.rule.optimizer = .adagrad(Adagrad(epsilon: 0)) },
    BadOption("epsilon is nan") { $0.rule.optimizer = .adam(Adam(epsilon: .nan)) },
    BadOption("epsilon is 1e-45") {
      $0.rule.optimizer = .rmsProp(RMSProp(epsilon: .leastNonzeroMagnitude))
    },
    BadOption("alpha, the share of the mean of squares that a step keeps, is 1.0") {
      $0.rule.optimizer = .rmsProp(RMSProp(alpha: 1))
    },
    BadOption("momentum is nan") { $0.rule.optimizer = .rmsProp(RMSProp(momentum: .nan)) },
    BadOption("beta 1, the share of the mean that a step keeps, is -0.5") {
      $0.rule.optimizer = .adam(Adam(beta1: -0.5))
    },
    BadOption("beta 2, the share of the mean of squares that a step keeps, is 1.0") {
      $0.rule.optimizer = .adamW(Adam(beta2: 1))
    },
    BadOption("beta 1, the share of the mean in the direction of a step, is nan") {
      $0.rule.optimizer = .lion(Lion(beta1: .nan))
    },
    BadOption("beta 2, the share of the mean that a step keeps, is 1.0") {
      $0.rule.optimizer = .lion(Lion(beta2: 1))
    },
    BadOption("L1 penalty is -1.0") { $0.rule.penalties.l1 = -1 },
    BadOption("L2 penalty is nan") { $0.rule.penalties.l2 = .nan },
    BadOption("limit of a gradient's value is 0.0") { $0.rule.clipping.value = 0 },
    BadOption("limit of the gradients' norm is inf") { $0.rule.clipping.norm = .infinity },
    BadOption("weight decay is -0.1") { $0.rule.weightDecay = -0.1 },
    BadOption("weight decay is 11.0; it must be from 0 up to 1 over the learning rate, 10") {
      $0.rule.weightDecay = 11
    },
    BadOption("maximum norm of weights is -2.0") { $0.rule.maxNorm = -2 },
    BadOption("length of the warm-up is 0") { $0.schedule.warmUp = .epochs(0) },
    BadOption("number of epochs between steps of the learning rate is 0") {
      $0.schedule.decay = .step(every: 0, factor: 0.5)
    },
    BadOption("factor of the learning rate is 0.0") {
      $0.schedule.decay = .step(every: 1, factor: 0)
    },
    BadOption("factor of the learning rate is nan") {
      $0.schedule.decay = .exponential(factor: .nan)
    },
    BadOption("share of the learning rate that a cosine ends with is 2.0") {
      $0.schedule.decay = .cosine(to: 2)
    },
    BadOption("share of steps in which one cycle rises is -1.0") {
      $0.schedule.decay = .oneCycle(OneCycle(rise: -1))
    },
    BadOption("start divisor of one cycle is 0.5") {
      $0.schedule.decay = .oneCycle(OneCycle(startDivisor: 0.5))
    },
    BadOption("end divisor of one cycle is inf") {
      $0.schedule.decay = .oneCycle(OneCycle(endDivisor: .infinity))
    },
    BadOption("factor of the learning rate on a plateau is 1.0") {
      $0.schedule.decay = .reduceOnPlateau(ReduceOnPlateau(factor: 1))
    },
    BadOption("patience of the learning rate is -1") {
      $0.schedule.decay = .reduceOnPlateau(ReduceOnPlateau(patience: -1))
    },
    BadOption("threshold of progress is 1.0") {
      $0.schedule.decay = .reduceOnPlateau(ReduceOnPlateau(threshold: 1))
    },
    BadOption("least share of the learning rate is nan") {
      $0.schedule.decay = .reduceOnPlateau(ReduceOnPlateau(minimum: .nan))
    },
  ]

  @Test(arguments: badOptions)
  func badOptionsAreNamed(option: BadOption) {
    var options = Self.good
    option.change(&options)
    let error = #expect(throws: NetworkError.self) { try options.validate(exampleCount: 10) }
    #expect(error?.description.contains(option.testDescription) == true)
  }

  @Test func allExamplesAtOnceIsABatch() throws {
    var options = Self.good
    options.batchSize = nil
    options.accumulation = 10
    try options.validate(exampleCount: 10)
    #expect(options.length(exampleCount: 10).stepsPerEpoch == 1)
    #expect(Self.good.length(exampleCount: 21).stepsPerEpoch == 3)
    #expect(throws: NetworkError.self) { try options.validate(exampleCount: 0) }
  }

  @Test func badInitialNumbersAreNamed() {
    func sentence(_ weights: WeightInitialization, _ bias: Float = 0) -> String? {
      let rule = Initialization(weights, bias: .constant(bias))
      return #expect(throws: NetworkError.self) { try rule.validate() }?.description
    }
    #expect(sentence(.constant(.nan))?.contains("first weight is nan") == true)
    #expect(sentence(.heNormal, .infinity)?.contains("first bias is inf") == true)
    #expect(sentence(.uniform(low: 1, high: 1))?.contains("weights is 1.0 to 1.0") == true)
    #expect(sentence(.normal(mean: .nan, deviation: 1))?.contains("mean of the first") == true)
    #expect(sentence(.normal(mean: 0, deviation: -1))?.contains("deviation of the") == true)
  }

  @Test func badPatienceIsNamed() {
    #expect(
      throws: NetworkError.invalid(
        "the patience of early stopping", value: "0", wanted: "positive")
    ) { try EarlyStopping(patience: 0).validate() }
    #expect(throws: NetworkError.self) {
      try EarlyStopping(patience: 1, minimumDelta: .nan).validate()
    }
  }

  @Test func badNetworksAreNamed() {
    func sentence(_ network: NetworkDescription) -> String {
      do {
        try network.validate()
        return "valid"
      } catch {
        return error.description
      }
    }
    var network = NetworkDescription.classifier(
      inputs: 4, hidden: [3], activation: .relu, classes: 2, inputScaling: .identity)
    #expect(sentence(network) == "valid")
    network.layers[0] = .dense(outputs: 0, activation: .relu)
    #expect(sentence(network) == "the size of layer 1 is 0; it must be from 1 to 1000000")
    network.layers[0] = .dense(outputs: 3, activation: .relu)
    network.layers[1] = .dense(outputs: 2, activation: .logistic)
    #expect(
      sentence(network).contains(
        "softmax_cross_entropy goes with the output activation identity, and logistic with"))
    network.layers = []
    #expect(sentence(network).contains("the number of layers is 0"))
    network.inputs = -1
    #expect(sentence(network).contains("the number of inputs is -1"))
  }

  @Test func parametersMustFit() throws {
    let network = NetworkDescription.classifier(
      inputs: 4, hidden: [3], activation: .relu, classes: 2, inputScaling: .identity)
    var parameters = NetworkParameters(for: network, initialization: .pyTorch, seed: 1)
    try parameters.validate(for: network)
    #expect(network.parameterCount == 4 * 3 + 3 + 3 * 2 + 2)
    parameters.tensors[2].removeLast()
    let error = #expect(throws: NetworkError.self) { try parameters.validate(for: network) }
    #expect(
      error?.description.contains("layers.1.weight has 5 numbers; the network 4-3-2 needs 2×3")
        == true)
  }

  @Test func pyTorchInitializationStaysInItsBounds() {
    let network = NetworkDescription.classifier(
      inputs: 100, hidden: [50], activation: .relu, classes: 2, inputScaling: .identity)
    let parameters = NetworkParameters(for: network, initialization: .pyTorch, seed: 1)
    #expect(parameters.tensors[0].allSatisfy { abs($0) <= 0.1 })
    #expect(parameters.tensors[0].contains { abs($0) > 0.0999 })
    #expect(parameters.tensors[1].contains { $0 != 0 })
    #expect(parameters != NetworkParameters(for: network, initialization: .pyTorch, seed: 2))
  }
}

extension TrainingOptions {
  fileprivate mutating func sgd(_ optimizer: SGD) { rule.optimizer = .sgd(optimizer) }
}
