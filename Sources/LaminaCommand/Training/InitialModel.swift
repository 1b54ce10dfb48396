import Lamina
import LaminaConfiguration
import LaminaData

/// The model from which a training starts.
///
/// The model determines the network and its scaling. An option that contradicts it, or that would
/// have no effect, is refused.
struct InitialModel {
  let path: String
  let model: Model

  private var network: NetworkDescription { model.description }

  /// The network to train. Options that contradict it are refused.
  func network(
    _ arguments: TrainingArguments, _ data: Dataset, _ reading: DataArguments?
  ) throws -> NetworkDescription {
    try model.check(fits: data)
    try arguments.network.refuseInitialization(path)
    try checkLayers(arguments.network)
    try checkLoss(arguments.loss, data)
    try checkScaling(reading?.scaling, data)
    try checkTargetScaling(reading?.targetScaling, data)
    var network = network
    if let temperature = network.temperature {
      // The probabilities of the weights to come differ.
      network.temperature = nil
      if arguments.loss.calibrate == nil {
        Notice.warn(
          "the temperature \(temperature) of \(path) belongs to its weights and is dropped; "
            + "--calibrate temperature fits another one")
      }
    }
    return network
  }

  /// Refuses a task other than the model's, which decides how data are read.
  func checkTask(_ given: DataTask?) throws(InputError) {
    if let given, given != model.task {
      throw differs("--task", given.rawValue, from: "the task \(model.task.rawValue)")
    }
  }

  /// Refuses columns other than those that the model knows.
  func checkColumns(_ options: DataOptions) throws(InputError) {
    if let key = options.preparationKeys.first {
      throw InputError(
        "--\(key) has no effect with --initial-model, because \(path) says what its inputs are; omit "
          + "--\(key)")
    }
    guard let schema = model.schema, !schema.columns.isEmpty else { return }
    if let given = options.targetColumns?.map(\.text), given != schema.targets {
      throw differs(
        "--target-columns", given.joined(separator: ","),
        from: "the targets \(schema.targets.joined(separator: ", "))")
    }
    guard schema.isNamed else { return }
    let inputs = Set(schema.columns.map(\.name))
    if let needed = options.ignoredColumns.first(where: { inputs.contains($0.text) }) {
      throw differs("--ignored-columns", needed.text, from: "an input of that name")
    }
  }

  private func checkLayers(_ arguments: NetworkArguments) throws(InputError) {
    let hidden = network.hiddenLayers
    let own = Set(hidden.flatMap(\.activations))
    if let given = arguments.hidden {
      // Layers that name no activation take the model's, if it has only one.
      let usual = own.count == 1 ? own.first : nil
      guard given.layers(activation: arguments.activation ?? usual ?? .relu) == hidden else {
        throw differs("--hidden", given.description, from: network.text)
      }
    } else if let given = arguments.activation, own != [given] {
      let names = own.map(\.description).sorted().joined(separator: " and ")
      throw differs(
        "--activation", given.description,
        from: own.isEmpty ? "no hidden layer with an activation" : "hidden layers with \(names)")
    }
  }

  private func checkLoss(_ arguments: LossArguments, _ data: Dataset) throws {
    if let given = arguments.loss, given != network.loss {
      throw differs("--loss", given.description, from: "the loss \(network.loss)")
    }
    if let given = arguments.reduction, given != network.reduction {
      throw differs(
        "--reduction", given.rawValue, from: "the reduction \(network.reduction.rawValue)")
    }
    if let given = arguments.outputActivation, given != network.outputActivation {
      throw differs(
        "--output-activation", given.description,
        from: "the output activation \(network.outputActivation)")
    }
    do { try data.check(network.loss) } catch { throw InputError(error.description) }
  }

  private func checkScaling(_ given: InputScaling.Method?, _ data: Dataset) throws(InputError) {
    guard let given, given.scaling(fitting: data) != network.inputScaling else { return }
    throw differs("--scaling", given.rawValue, from: network.inputScaling.text)
  }

  private func checkTargetScaling(_ given: Bool?, _ data: Dataset) throws(InputError) {
    guard let given else { return }
    let wanted = given ? TargetScaling(fitting: data) : nil
    guard wanted != network.targetScaling else { return }
    throw differs(
      given ? "--target-scaling" : "--no-target-scaling", nil,
      from: network.targetScaling == nil
        ? "targets without scaling" : "targets scaled by its own training data")
  }

  private func differs(_ option: String, _ value: String?, from own: String) -> InputError {
    InputError(
      "\(option)\(value.map { " \($0)" } ?? "") differs from the initial model: \(path) has \(own), "
        + "to which its weights belong; omit \(option)")
  }
}

extension Layer {
  /// The activations of dense layers, including those inside a residual block.
  fileprivate var activations: [Activation] {
    switch self {
    case .dense(_, let activation): [activation]
    case .residual(let layers): layers.flatMap(\.activations)
    default: []
    }
  }
}

extension InputScaling {
  /// The scaling in words, for errors.
  fileprivate var text: String {
    switch self {
    case .identity: "inputs without scaling"
    case .unit: "inputs scaled by unit"
    case .signedUnit: "inputs scaled by signed_unit"
    case .uniform, .perFeature: "inputs scaled by its own training data"
    }
  }
}
