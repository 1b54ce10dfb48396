import Glibc
import Lamina
import LaminaData
import LaminaText

/// All that a training starts from, checked, before any device is opened.
struct TrainingPlan {
  let data: DatasetSplit
  /// What the user called the data.
  let dataName: String
  /// How they are read.
  let dataOptions: DataOptions
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
    _ = try data.train.labels()
    try options.validate(exampleCount: data.train.count)
    try initialModel?.check(fits: data.train)
    let network = NetworkDescription(
      inputs: data.train.features,
      layers: try arguments.network.hiddenLayers(initial: initialModel?.description)
        + [.dense(outputs: data.train.outputs, activation: .identity)],
      loss: .softmaxCrossEntropy(),
      // Weights go with the scaling that they were trained with.
      inputScaling: initialModel?.description.inputScaling
        ?? InputScaling.Method.usual(for: data.train).scaling(fitting: data.train))
    try network.validate()
    if let initialModel, initialModel.description != network {
      throw InputError(
        "the initial model is \(initialModel.description.text), "
          + "and the network to train is \(network.text)")
    }
    try Self.checkMemory(for: network, batchSize: options.batchSize(of: data.train.count))
    self.data = data
    dataName = selection.name
    dataOptions = selection.source.options
    self.network = network
    self.options = options
    initial =
      initialModel?.parameters
      ?? NetworkParameters(
        for: network, initialization: arguments.network.parameterInitialization,
        seed: options.seed)
    self.initialModelPath = initialModelPath
    self.modelPath = modelPath
  }

  /// Refuses a network that the machine cannot hold, before an allocation ends the program.
  static func checkMemory(
    for network: NetworkDescription, batchSize: Int
  ) throws(InputError) {
    // Parameters and velocities on the device, twice the parameters on the host; for each row of a
    // batch, or of the evaluation's, its values and their deltas.
    let rows = max(batchSize, evaluationRows)
    let numbers =
      4.0 * Double(network.parameterCount)
      + 2.0 * Double(rows) * Double(network.valueCount)
    let needed = numbers * Double(MemoryLayout<Float>.stride)
    let memory = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
    guard needed < memory else {
      throw InputError(
        "the network \(network.name) would take \(Format.gibibytes(needed)), "
          + "and this machine has \(Format.gibibytes(memory)); give it smaller layers or batches")
    }
  }

  /// How many examples training will see, unless it is interrupted.
  var examplesInAll: Int {
    let perEpoch = data.train.count
    let (all, overflow) = perEpoch.multipliedReportingOverflow(by: options.epochs)
    let wanted = overflow ? Int.max : all
    guard let limit = options.stepLimit else { return wanted }
    let batchSize = options.batchSize(of: perEpoch)
    let stepsPerEpoch = options.length(exampleCount: perEpoch).stepsPerEpoch
    let (epochs, rest) = limit.quotientAndRemainder(dividingBy: stepsPerEpoch)
    guard epochs < options.epochs else { return wanted }
    return epochs * perEpoch + min(perEpoch, rest * batchSize)
  }

  /// The trained parameters as a model for the same data.
  func model(_ parameters: NetworkParameters) -> Model {
    Model(
      description: network, parameters: parameters, trainedOn: data.train, dataOptions: dataOptions)
  }
}

extension NetworkDescription {
  /// Sizes and activations, such as `784-128-64-10 (relu)`.
  var text: String {
    let activations = layers.dropLast().compactMap(\.dense?.activation.description)
    guard let first = activations.first else { return name }
    let same = activations.allSatisfy { $0 == first }
    return "\(name) (\(same ? first : activations.joined(separator: ", ")))"
  }
}

/// The examples that an evaluation runs at once.
let evaluationRows = 1000

/// Measures the time since it was made.
struct Stopwatch {
  private let start = ContinuousClock.now

  /// Seconds so far.
  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}
