import Lamina

/// A short training with its evaluation, as users run it. The results are its parameters, losses
/// and outputs.
struct TrainingRun: CheckedUse {
  /// The name that distinguishes it from other trainings.
  let what: String
  let description: NetworkDescription
  let task: TrainingTask
  var rule = UpdateRule.sgd(learningRate: 0.05, momentum: 0.5)
  var accumulation = 1

  /// Trains two epochs, with a batch size that does not divide the number of examples.
  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let dataset = task.dataset
    let options = TrainingOptions(
      batchSize: 16, epochs: 2, rule: rule, accumulation: accumulation, seed: 5)
    try description.validate()
    try options.validate(exampleCount: dataset.count)
    let network = try Network(
      description,
      values: NetworkParameters(for: description, initialization: .pyTorch, seed: 5), on: backend)
    let trainer = try Trainer(network, dataset: dataset, options: options)
    let losses = try (1...options.epochs).map { Float(try trainer.trainEpoch($0).loss) }
    let outputs = try Evaluator(network, rows: 29).outputs(for: dataset)
    return try network.values().tensors + [losses, outputs]
  }

  var caseName: String { what }

  static let tolerance = Tolerance(
    relative: 1e-3, absolute: 2e-4, because: "10 steps of rounding in Float")
}

/// A task with examples of 19 features.
enum TrainingTask: CaseIterable {
  case classes, labels, numbers, inputs
  /// Classes of examples whose last two inputs are categories.
  case categories

  static let features = 19
  static let outputs = 5
  private static let count = 75

  /// The examples: bytes with weights for classes, floats for the other tasks.
  var dataset: Dataset {
    let (count, features) = (Self.count, Self.features)
    let bytes = DesignedData.labels(count * features, classes: 256, seed: 71).map(UInt8.init)
    var floats = DesignedData.uniform(count * features, bound: 2, seed: 72)
    if self == .categories { Self.setCategories(&floats) }
    let names = (0..<Self.outputs).map(String.init)
    let targets: Dataset.Targets =
      switch self {
      case .classes, .categories:
        .classes(DesignedData.labels(count, classes: names.count, seed: 73), classNames: names)
      case .labels:
        .labels(
          DesignedData.labels(count * names.count, classes: 2, seed: 74).map { Float($0) },
          names: names)
      case .numbers:
        .values(
          DesignedData.uniform(count * names.count, bound: 1, seed: 75).map { Double($0) },
          names: names)
      case .inputs: .inputs
      }
    var dataset = Dataset(
      name: "check", inputs: self == .classes ? .bytes(bytes) : .floats(floats), targets: targets,
      features: features)
    if self == .classes {
      dataset.weights = DesignedData.uniform(count, bound: 0.5, seed: 76).map { $0 + 1 }
    }
    return dataset
  }

  /// The columns of categories.
  static let embedding = Layer.embedding([
    EmbeddedColumn(categories: 11, width: 5), EmbeddedColumn(categories: 40, width: 16),
  ])

  /// Puts categories, and -1 for none, into the last columns.
  private static func setCategories(_ inputs: inout [Float]) {
    for row in 0..<count {
      inputs[row * features + features - 2] = Float(row * 7 % 12 - 1)
      inputs[row * features + features - 1] = Float(row * 11 % 41 - 1)
    }
  }

  /// The scaling of bytes or floats to inputs around 1.
  var scaling: InputScaling {
    switch self {
    case .classes: .signedUnit
    case .labels, .inputs, .categories: .identity
    case .numbers:
      .perFeature(
        scales: [Float](repeating: 0.5, count: Self.features),
        offsets: DesignedData.uniform(Self.features, bound: 0.5, seed: 77))
    }
  }

  /// The number of targets of an example.
  var outputCount: Int { self == .inputs ? Self.features : Self.outputs }

  /// A network with the given hidden layers and a dense output layer.
  func network(
    _ hidden: [Layer], output: Activation = .identity, _ loss: Loss
  ) -> NetworkDescription {
    let outputs = outputCount * loss.outputsPerTarget
    return NetworkDescription(
      inputs: Self.features, layers: hidden + [.dense(outputs: outputs, activation: output)],
      loss: loss, reduction: loss.usualReduction, inputScaling: scaling)
  }
}
