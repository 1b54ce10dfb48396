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
    BadOption("learning rate is nan") { $0.optimizer.learningRate = .nan },
    BadOption("learning rate is 0.0") { $0.optimizer.learningRate = 0 },
    BadOption("learning rate is inf") { $0.optimizer.learningRate = .infinity },
    BadOption("momentum is 1.0") { $0.optimizer.momentum = 1 },
    BadOption("momentum is -0.1") { $0.optimizer.momentum = -0.1 },
  ]

  @Test(arguments: badOptions)
  func badOptionsAreNamed(option: BadOption) {
    var options = Self.good
    option.change(&options)
    let error = #expect(throws: NetworkError.self) { try options.validate(exampleCount: 10) }
    #expect(error?.description.contains(option.testDescription) == true)
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
    #expect(sentence(network).contains("needs a linear output layer, not logistic"))
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
