/// A temperature fitted to examples, with the quality of the probabilities before and after.
public struct Calibration: Sendable, Equatable {
  /// The quality of probabilities.
  public struct Quality: Sendable, Equatable {
    /// The mean of `-ln p` over the right answers: over examples, or over examples and labels.
    public let logLoss: Double
    /// ``Reliability/expectedCalibrationError``.
    public let expectedCalibrationError: Double

    init(_ report: TaskReport) {
      switch report {
      case .classes(let report):
        logLoss = report.meanCrossEntropy
        expectedCalibrationError = report.reliability.expectedCalibrationError
      case .labels(let report):
        logLoss = report.logLoss
        expectedCalibrationError = report.reliability.expectedCalibrationError
      case .values: (logLoss, expectedCalibrationError) = (.nan, .nan)
      }
    }
  }

  /// The fitted temperature; nil if no temperature is the best, because the loss falls without end
  /// toward 0 or toward infinity. Logits then stay as they are.
  public let temperature: Double?
  /// The quality with the temperature 1.
  public let before: Quality
  /// The quality with ``temperature``.
  public let after: Quality

  /// Fits a temperature to the outputs of a network for a data set, such as the validation part.
  /// Weights of examples do not count.
  ///
  /// - Parameters:
  ///   - outputs: One row per example.
  ///   - network: The network that computed the outputs. Its own temperature does not count.
  ///   - dataset: The examples with their targets.
  /// - Throws: `NetworkError` if the outputs have no temperature (``check(_:for:)``).
  public init(
    outputs: [Float], of network: NetworkDescription, for dataset: Dataset
  ) throws(NetworkError) {
    try Self.check(network, for: dataset.targets)
    var network = network
    network.temperature = nil
    switch dataset.targets {
    case .classes(let labels, let names):
      temperature = TemperatureFit.temperature(
        TemperatureFit.classes(network.logits(outputs), labels: labels, classCount: names.count))
    case .labels(let targets, _):
      temperature = TemperatureFit.temperature(
        TemperatureFit.labels(network.labelOutputs(outputs), targets: targets))
    case .values, .inputs: temperature = nil
    }
    before = Quality(TaskReport(outputs: outputs, of: network, for: dataset))
    network.temperature = temperature
    after = Quality(TaskReport(outputs: outputs, of: network, for: dataset))
  }

  /// Refuses a network whose outputs are not probabilities of classes or labels by way of logits.
  public static func check(
    _ network: NetworkDescription, for targets: Dataset.Targets
  ) throws(NetworkError) {
    switch targets {
    case .classes where network.tellsProbabilities: return
    case .labels where network.labelKind == .logits: return
    case .classes, .labels:
      throw .mismatch(
        "a temperature is for logits, and the outputs of a network with the loss \(network.loss) are "
          + "none; softmax_cross_entropy for classes and logistic_cross_entropy for labels have them"
      )
    case .values, .inputs:
      throw .mismatch("a temperature is for probabilities of classes or labels")
    }
  }
}
