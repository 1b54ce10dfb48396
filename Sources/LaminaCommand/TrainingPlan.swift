import Lamina
import LaminaData

/// All that a training starts from, checked, before any device is opened.
struct TrainingPlan {
  let data: DatasetSplit
  /// What the user called the data.
  let dataName: String
  let network: NetworkDescription
  let options: TrainingOptions
  let initial: NetworkParameters
  let initialModelPath: String?
  let modelPath: String?
  /// How long reading or drawing the data took.
  let dataSeconds: Double

  /// Checks the arguments, then reads the data.
  init(
    _ arguments: TrainingArguments, data selection: DataSelection, initialModelPath: String? = nil,
    modelPath: String? = nil
  ) throws {
    let options = try arguments.options()
    if let modelPath { try Safetensors.checkWritable(modelPath) }
    let initialModel = try initialModelPath.map(Model.init(path:))
    let clock = Stopwatch()
    let data = try selection.load()
    dataSeconds = clock.seconds
    try options.validate(exampleCount: data.train.count)
    try initialModel?.check(fits: data.train)
    let network = try arguments.network(for: data.train, initial: initialModel?.description)
    if let initialModel, initialModel.description != network {
      throw InputError(
        "the initial model is \(initialModel.description.text), "
          + "and the network to train is \(network.text)")
    }
    self.data = data
    dataName = selection.name
    self.network = network
    self.options = options
    initial =
      initialModel?.parameters
      ?? NetworkParameters(for: network, initialization: .pyTorch, seed: options.seed)
    self.initialModelPath = initialModelPath
    self.modelPath = modelPath
  }

  /// How many examples training will see, unless it is interrupted.
  var examplesInAll: Int {
    let perEpoch = data.train.count
    guard let limit = options.stepLimit else { return perEpoch * options.epochs }
    let steps = (perEpoch + options.batchSize - 1) / options.batchSize
    let (epochs, rest) = min(limit, steps * options.epochs).quotientAndRemainder(dividingBy: steps)
    return epochs * perEpoch + min(perEpoch, rest * options.batchSize)
  }

  /// The trained parameters as a model for the same data.
  func model(_ parameters: NetworkParameters) -> Model {
    Model(
      description: network, parameters: parameters, classNames: data.train.classNames,
      imageSize: data.train.imageSize)
  }
}

extension NetworkDescription {
  /// Sizes and activations, such as `784-128-64-10 (relu)`.
  var text: String {
    let activations = layers.dropLast().map(\.activation.rawValue)
    guard let first = activations.first else { return name }
    let same = activations.allSatisfy { $0 == first }
    return "\(name) (\(same ? first : activations.joined(separator: ", ")))"
  }
}

/// Measures the time since it was made.
struct Stopwatch {
  private let start = ContinuousClock.now

  /// Seconds so far.
  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}
