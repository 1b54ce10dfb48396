/// All that decides the result of a training: the network, where it starts, what it learns from, how,
/// and what decides when it is good enough.
public struct TrainingSetup: Sendable {
  /// The network to train.
  public var network: NetworkDescription
  /// The parameters before the first step.
  public var initial: NetworkParameters
  /// The examples to train, to validate and to test with.
  public var data: DatasetSplit
  /// The rows of the training part to train with, such as those of a fold; nil for all.
  public var rows: [Int32]?
  /// Batches, rule, schedule, seed, and the number of epochs.
  public var options: TrainingOptions
  /// When to stop early, which needs a validation part; nil for never.
  public var earlyStopping: EarlyStopping?
  /// The probabilities from which on labels are named: one for all, or one a label.
  public var thresholds: [Double]
  /// What is chosen on the validation part after training.
  public var choice: OutputChoice

  /// A training of all epochs unless told otherwise.
  public init(
    network: NetworkDescription, initial: NetworkParameters, data: DatasetSplit,
    rows: [Int32]? = nil, options: TrainingOptions, earlyStopping: EarlyStopping? = nil,
    thresholds: [Double] = [0.5], choice: OutputChoice = OutputChoice()
  ) {
    self.network = network
    self.initial = initial
    self.data = data
    self.rows = rows
    self.options = options
    self.earlyStopping = earlyStopping
    self.thresholds = thresholds
    self.choice = choice
  }

  /// The number of examples of an epoch.
  public var exampleCount: Int { rows?.count ?? data.train.count }

  /// Refuses a setup with which no training makes sense.
  public func validate() throws(NetworkError) {
    if let row = rows?.first(where: { !(0..<data.train.count).contains(Int($0)) }) {
      throw .invalid(
        "a row to train with", value: "\(row)",
        wanted: "from 0 to \(data.train.count - 1), since \(data.train.name) has "
          + "\(data.train.count) examples")
    }
    try options.validate(exampleCount: exampleCount)
    try network.loss.validate(targetsOf: data.train)
    try network.validate(batchSize: options.batchSize(of: exampleCount))
    try initial.validate(for: network)
    try choice.validate(network, data)
    try earlyStopping?.validate()
    if earlyStopping != nil, data.validation == nil {
      throw .mismatch("early stopping needs a validation part, so that the test part stays unseen")
    }
    guard data.train.targets.isClasses || monitoredMetrics.allSatisfy({ $0 == .loss }) else {
      throw .mismatch("only classes have an accuracy to monitor, and \(data.train.name) has none")
    }
  }

  /// The metric that early stopping and the schedule watch.
  private var monitoredMetrics: [MonitoredMetric] {
    [earlyStopping?.metric, plateau?.metric].compactMap(\.self)
  }

  /// The rule by which the learning rate waits for progress; nil where the schedule has none.
  var plateau: ReduceOnPlateau? {
    if case .reduceOnPlateau(let rule) = options.schedule.decay { rule } else { nil }
  }
}

extension Dataset.Targets {
  fileprivate var isClasses: Bool {
    if case .classes = self { true } else { false }
  }
}
