import Glibc
import Lamina
import LaminaData
import LaminaText

/// All that a training starts from, checked, before any device is opened.
struct TrainingPlan {
  /// What the session trains.
  let setup: TrainingSetup
  /// How the first parameters are drawn, where no model has them.
  let initialization: Initialization
  /// What the data mean, and what was decided about that.
  private let loaded: LoadedData
  /// What the user called the data.
  let dataName: String
  /// How they are read.
  let dataOptions: DataOptions
  let initialModelPath: String?
  let modelPath: String?
  /// How long reading or drawing the data took.
  let dataSeconds: Double

  /// What was decided about the data that nobody had said.
  var decisions: [DataDecision] { loaded.decisions }

  var data: DatasetSplit { setup.data }
  var network: NetworkDescription { setup.network }
  var options: TrainingOptions { setup.options }

  /// Checks the arguments, then reads the data.
  init(
    _ arguments: TrainingArguments, data selection: DataSelection,
    _ reading: DataArguments? = nil, initialModelPath: String? = nil, modelPath: String? = nil
  ) throws {
    // What is wrong whatever the data is told before they are read.
    _ = try arguments.options()
    if let modelPath { try Safetensors.checkWritable(modelPath) }
    let initialModel = try initialModelPath.map(InitialModel.init(path:))
    let clock = Stopwatch()
    var source = selection.source
    if let reading { source.options = reading.options }
    try initialModel?.checkTask(reading?.task)
    try initialModel?.checkColumns(source.options)
    if let notice = initialModel?.model.notice { Notice.warn(notice) }
    source.schema = initialModel?.model.schema
    let loaded = try source.read()
    var data = loaded.split
    dataSeconds = clock.seconds
    let options = try arguments.options(exampleCount: data.train.count)
    try options.validate(exampleCount: data.train.count)
    let network =
      try initialModel?.network(arguments, data.train, reading)
      ?? Self.network(arguments, data.train, reading)
    try network.validate(batchSize: options.batchSize(of: data.train.count))
    try arguments.loss.classWeights?.apply(to: &data.train)
    try arguments.loss.thresholds?.validate(for: data.train, network)
    try Self.checkMemory(for: network, batchSize: options.batchSize(of: data.train.count))
    try data.train.checkPrecision(under: network.inputScaling)
    self.loaded = loaded
    dataName = selection.name
    dataOptions = source.options
    initialization = arguments.network.parameterInitialization
    self.initialModelPath = initialModelPath
    self.modelPath = modelPath
    setup = TrainingSetup(
      network: network,
      initial: initialModel?.model.parameters
        ?? NetworkParameters(for: network, initialization: initialization, seed: options.seed),
      data: data, options: options, earlyStopping: try Self.earlyStopping(arguments, data),
      thresholds: arguments.loss.thresholds?.numbers ?? initialModel?.model.thresholds ?? [0.5])
  }

  /// The network for the data.
  private static func network(
    _ arguments: TrainingArguments, _ data: Dataset, _ reading: DataArguments?
  ) throws -> NetworkDescription {
    let loss = try arguments.loss.loss(for: data)
    let method = reading?.scaling ?? InputScaling.Method.usual(for: data)
    // Probabilities stay what they are.
    let targetScaling = loss.outputActivations == nil ? TargetScaling(fitting: data) : nil
    if reading?.targetScaling == true, targetScaling == nil {
      throw InputError(
        "--target-scaling has no effect: it is for numbers that are no probabilities; leave it out")
    }
    let network = NetworkDescription(
      inputs: data.features,
      layers: try arguments.network.hiddenLayers() + [
        .dense(outputs: data.outputs, activation: arguments.loss.outputActivation(for: loss))
      ],
      loss: loss, reduction: arguments.loss.reduction ?? loss.usualReduction,
      inputScaling: method.scaling(fitting: data),
      targetScaling: reading?.targetScaling == false ? nil : targetScaling)
    try network.validate()
    return network
  }

  private static func earlyStopping(
    _ arguments: TrainingArguments, _ data: DatasetSplit
  ) throws -> EarlyStopping? {
    var rules: [(name: String, metric: MonitoredMetric)] = []
    let stopping = arguments.regularization.earlyStopping?.rule
    if let stopping { rules.append(("early-stopping", stopping.metric)) }
    if case .reduceOnPlateau(let rule) = arguments.optimizer.schedule.decay {
      rules.append(("schedule", rule.metric))
    }
    if data.train.targets.task != .classification,
      let rule = rules.first(where: { $0.metric == .accuracy })
    {
      throw InputError(
        "--\(rule.name) looks at the accuracy, which only classes have; give it metric=loss")
    }
    if stopping != nil, data.validation == nil {
      throw InputError(
        "--early-stopping needs a validation part, so that the test part stays unseen; "
          + "give --validation-share 0.1, or --validation")
    }
    return stopping
  }

  /// Refuses a network that the machine cannot hold, before an allocation ends the program.
  static func checkMemory(
    for network: NetworkDescription, batchSize: Int
  ) throws(InputError) {
    // Parameters and velocities on the device, twice the parameters on the host; for each row of a
    // batch, or of the evaluation's, its values and their deltas.
    let rows = max(batchSize, Evaluation.rows)
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
      description: network, parameters: parameters, trainedOn: loaded, dataOptions: dataOptions,
      thresholds: setup.thresholds)
  }
}

extension NetworkDescription {
  /// Sizes and activations, such as `784-128-64-10 (relu)`; the loss where it is not the usual one.
  var text: String {
    let activations = layers.dropLast().compactMap(\.dense?.activation.description)
    var notes: [String] = []
    if let first = activations.first {
      notes.append(
        activations.allSatisfy { $0 == first } ? first : activations.joined(separator: ", "))
    }
    if outputActivation != .identity { notes.append("output \(outputActivation)") }
    if loss != .softmaxCrossEntropy() { notes.append(loss.description) }
    return notes.isEmpty ? name : "\(name) (\(notes.joined(separator: "; ")))"
  }
}

/// Measures the time since it was made.
struct Stopwatch {
  private let start = ContinuousClock.now

  /// Seconds so far.
  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}
