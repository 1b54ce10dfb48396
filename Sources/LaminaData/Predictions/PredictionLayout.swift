public import Lamina

/// What a file of predictions has for each example.
public struct PredictionLayout: Sendable {
  /// The name of the prediction, and the start of the names of several.
  static let prediction = "prediction"
  static let probability = "probability"
  static let spread = "spread"

  /// Numbers under one name in a file.
  struct Group {
    /// The name, or its start.
    let name: String
    /// What tells several numbers apart; nil for a number that needs no more than the name.
    let labels: [String?]
    /// The names of all columns.
    var columns: [String] { labels.map { $0.map { "\(name)_\($0)" } ?? name } }
  }

  /// The columns that are passed through.
  public let kept: [String]
  /// The task of the model.
  public let task: DataTask
  /// The classes, labels, target numbers or inputs that the network has outputs for.
  public let outputs: [String]
  /// Whether there are probabilities.
  public let tellsProbabilities: Bool
  /// Whether numbers have the precision of 32-bit floats: they were not scaled.
  let areSingle: Bool
  private let network: NetworkDescription
  private let thresholds: [Double]

  /// Lays out the predictions of `model`.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - kept: The columns that are passed through.
  ///   - tellsProbabilities: Whether there are to be probabilities of classes or labels.
  /// - Throws: ``PredictionError`` if the model has no probabilities, or if two columns would have
  ///   one name.
  public init(
    _ model: Model, keeping kept: [String], tellsProbabilities: Bool
  ) throws(PredictionError) {
    (network, thresholds, task, self.kept) = (model.description, model.thresholds, model.task, kept)
    self.tellsProbabilities = tellsProbabilities
    outputs = Self.outputs(of: model)
    areSingle =
      task == .autoEncoding
      ? network.inputScaling.isUncentered : network.targetScaling == nil
    if tellsProbabilities { try Self.checkProbabilities(task, network) }
    try checkNames()
  }

  /// The names of the targets of `model`, or their numbers.
  static func outputs(of model: Model) -> [String] {
    if model.task != .autoEncoding, model.classNames.count == model.description.targets {
      return model.classNames
    }
    let inputs = model.schema?.inputNames ?? []
    guard model.task == .autoEncoding, inputs.count == model.description.outputs else {
      return (0..<model.description.targets).map { "\($0)" }
    }
    return inputs
  }

  private static func checkProbabilities(
    _ task: DataTask, _ network: NetworkDescription
  ) throws(PredictionError) {
    switch task {
    case .classification where network.tellsProbabilities, .multiLabel: return
    case .classification: throw .noProbabilities(reason: "the loss \(network.loss) has none")
    case .regression: throw .noProbabilities(reason: "it predicts numbers")
    case .autoEncoding: throw .noProbabilities(reason: "it gives its inputs back")
    }
  }

  private func checkNames() throws(PredictionError) {
    var seen: Set<ExactText> = []
    for name in columns where !seen.insert(ExactText(name)).inserted {
      throw .nameTwice(name)
    }
  }

  /// The names of the predictions: one, or one per label or number.
  var predictionNames: [String] { groups.flatMap(\.columns) }

  /// The predictions by their names: means and spreads, a prediction for each quantile, or one for
  /// each label or number.
  var groups: [Group] {
    let names = task == .regression && outputs.count == 1 ? [nil] : outputs.map(Optional.some)
    if task == .classification { return [Group(name: Self.prediction, labels: [nil])] }
    switch network.loss {
    case .gaussianLikelihood:
      return [
        Group(name: Self.prediction, labels: names), Group(name: Self.spread, labels: names),
      ]
    case .quantile(let levels):
      let labels = levels.flatMap { level in
        names.map { name in name.map { "\($0)_\(level)" } ?? "\(level)" }
      }
      return [Group(name: Self.prediction, labels: labels)]
    default: return [Group(name: Self.prediction, labels: names)]
    }
  }

  /// The number of outputs of the network for an example.
  var width: Int { network.outputs }

  /// The names of all columns, in order.
  public var columns: [String] {
    kept + predictionNames
      + (tellsProbabilities ? outputs.map { "\(Self.probability)_\($0)" } : [])
  }

  /// The predictions for the outputs of the network, one row per example.
  public func predictions(_ outputs: [Float]) -> TaskPrediction {
    task.prediction(
      outputs, of: network, thresholds: thresholds, tellsProbabilities: tellsProbabilities)
  }
}

/// A reason why predictions cannot be written as they were asked for.
public enum PredictionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The model has no probabilities.
  case noProbabilities(reason: String)
  /// Two columns would have the same name.
  case nameTwice(String)
  /// An array of numbers has no place for texts.
  case keptInArray
  /// The start of an array has the number of its rows, which is not known yet.
  case arrayInPipe

  /// The sentence.
  public var description: String {
    switch self {
    case .noProbabilities(let reason): "the model has no probabilities: \(reason)"
    case .nameTwice(let name):
      "two columns of the output would be named \(cited(name)); keep another column, or rename it"
    case .keptInArray:
      "an NPY file has predictions only, without kept columns; write a .csv or .jsonl file"
    case .arrayInPipe:
      "an NPY file begins with the number of its rows, which is not known before the end; write it "
        + "to a file, or choose csv or jsonl"
    }
  }
}
