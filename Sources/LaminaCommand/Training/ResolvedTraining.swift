import Lamina
import LaminaData

/// The training that results from arguments and data, checked.
///
/// The parameters are not yet drawn.
struct ResolvedTraining {
  /// The data, with the class weights applied.
  let data: DatasetSplit
  let network: NetworkDescription
  let options: TrainingOptions
  /// The initialization of the parameters, used if no file has them.
  let initialization: Initialization
  private let initialParameters: NetworkParameters?
  private let earlyStopping: EarlyStopping?
  private let thresholds: [Double]
  private let choice: OutputChoice

  init(
    _ arguments: TrainingArguments, _ data: DatasetSplit, _ reading: DataArguments? = nil,
    _ initial: InitialWeights? = nil
  ) throws {
    var data = data
    let options = try arguments.options(exampleCount: data.train.count)
    try options.validate(exampleCount: data.train.count)
    let network =
      try initial?.model?.network(arguments, data.train, reading)
      ?? Self.network(arguments, data.train, reading)
    try network.validate(batchSize: options.batchSize(of: data.train.count))
    try arguments.loss.classWeights?.apply(to: &data.train)
    try arguments.loss.thresholds?.given?.validate(for: data.train, network)
    choice = try Self.choice(arguments.loss, data, network)
    try TrainingPlan.checkMemory(for: network, batchSize: options.batchSize(of: data.train.count))
    try data.train.checkPrecision(under: network.inputScaling)
    self.data = data
    self.network = network
    self.options = options
    initialParameters = try Self.parameters(initial, network, reading)
    initialization = arguments.network.parameterInitialization
    earlyStopping = try Self.earlyStopping(arguments, data)
    thresholds =
      arguments.loss.thresholds?.given?.numbers ?? initial?.model?.model.thresholds ?? [0.5]
  }

  /// The training with its initial parameters, which this draws.
  func setup() -> TrainingSetup {
    TrainingSetup(
      network: network,
      initial: initialParameters
        ?? NetworkParameters(for: network, initialization: initialization, seed: options.seed),
      data: data, options: options, earlyStopping: earlyStopping, thresholds: thresholds,
      choice: choice)
  }

  /// What is chosen on the validation part, which must be there.
  private static func choice(
    _ arguments: LossArguments, _ data: DatasetSplit, _ network: NetworkDescription
  ) throws -> OutputChoice {
    let choice = arguments.choice
    guard choice.isEmpty || data.validation != nil else {
      let option = choice.findsThresholds ? "--thresholds f1" : "--calibrate temperature"
      throw InputError(
        "\(option) needs a validation part, to leave the test part unseen; give "
          + "--validation-share 0.1, or --validation")
    }
    try choice.validate(network, data)
    return choice
  }

  /// The parameters of a file; nil if they are to be drawn.
  private static func parameters(
    _ initial: InitialWeights?, _ network: NetworkDescription, _ reading: DataArguments?
  ) throws -> NetworkParameters? {
    switch initial {
    case .model(let initial): return initial.model.parameters
    case .tensors(let tensors):
      let parameters = try tensors.parameters(of: network)
      tensors.tellScaling(network, reading)
      return parameters
    case nil: return nil
    }
  }

  /// The network for the data.
  private static func network(
    _ arguments: TrainingArguments, _ data: Dataset, _ reading: DataArguments?
  ) throws -> NetworkDescription {
    let choices = NetworkDescription.Choices(
      loss: arguments.loss.loss, reduction: arguments.loss.reduction,
      outputActivation: arguments.loss.outputActivation, inputScaling: reading?.scaling,
      scalesTargets: reading?.targetScaling)
    return try NetworkDescription(
      for: data, hidden: try arguments.network.hiddenLayers(), choices)
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
        "--\(rule.name) monitors the accuracy, which only classes have; give it metric=loss")
    }
    if stopping != nil, data.validation == nil {
      throw InputError(
        "--early-stopping needs a validation part, to leave the test part unseen; "
          + "give --validation-share 0.1, or --validation")
    }
    return stopping
  }
}
