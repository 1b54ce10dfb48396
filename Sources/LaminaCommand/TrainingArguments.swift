import ArgumentParser
import Lamina
import LaminaData

/// What decides the result of a training: network, rule and seed.
struct TrainingArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Sizes of the hidden layers, or none. (default: 128,64, or those of --initial-model)",
      valueName: "sizes"),
    transform: HiddenSizes.init(parsing:))
  var hidden: HiddenSizes?

  @Option(
    help: ArgumentHelp(
      "What follows each hidden layer. (default: relu, or that of --initial-model)",
      valueName: "name"),
    transform: Activation.init(parsing:))
  var activation: Activation?

  @Option(parsing: .unconditional, help: "Passes over the training set.")
  var epochs = 15

  @Option(parsing: .unconditional, help: "Examples a step.")
  var batchSize = 64

  @Option(parsing: .unconditional, help: "The size of a step.")
  var learningRate: Float = 0.003

  @Option(parsing: .unconditional, help: "The share of the last step that the next one keeps.")
  var momentum: Float = 0.9

  @Option(parsing: .unconditional, help: "Names the initial weights and the order of examples.")
  var seed: UInt64 = 1

  @Flag(name: .customLong("no-shuffle"), help: "Visit the examples in the order of the file.")
  var noShuffle = false

  @Option(parsing: .unconditional, help: "End after this many steps, whatever --epochs says.")
  var steps: Int?

  /// The options of the trainer; refused where they make no sense for any data.
  func options() throws(NetworkError) -> TrainingOptions {
    let options = TrainingOptions(
      batchSize: batchSize, epochs: epochs,
      optimizer: SGD(learningRate: learningRate, momentum: momentum), seed: seed,
      shuffles: !noShuffle, stepLimit: steps)
    try options.validate(exampleCount: .max)
    return options
  }

  /// The network for `dataset`. What the user leaves open follows `initial`.
  func network(
    for dataset: Dataset, initial: NetworkDescription?
  ) throws(NetworkError) -> NetworkDescription {
    let hiddenLayers = initial?.layers.dropLast().compactMap(\.dense) ?? []
    let sizes =
      hidden?.sizes ?? (initial == nil ? [128, 64] : hiddenLayers.map(\.outputs))
    let description = NetworkDescription.classifier(
      inputs: dataset.features, hidden: sizes,
      activation: activation ?? hiddenLayers.first?.activation ?? .relu,
      classes: dataset.outputs, inputScaling: .signedUnit)
    try description.validate()
    return description
  }
}

extension Activation {
  /// Reads what follows `--activation`.
  init(parsing text: String) throws {
    guard let activation = Activation(rawValue: text) else {
      let names = Activation.allCases.map(\.rawValue).joined(separator: ", ")
      throw InputError("there is no activation '\(text)'; there are: \(names)")
    }
    self = activation
  }
}
