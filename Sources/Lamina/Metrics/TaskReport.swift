import LaminaMath

/// The quality of a network on the task of its data set.
public enum TaskReport: Sendable {
  /// It names one class for each example.
  case classes(ClassificationReport)
  /// It names labels.
  case labels(MultiLabelReport)
  /// It finds numbers, or gives its inputs back.
  case values(RegressionReport)

  /// One number of a report.
  public struct Score: Sendable {
    /// Its name in logs, such as `micro_f1`.
    public let key: String
    /// Its name on the screen.
    public let name: String
    /// The value; nil if it is not finite or not defined, such as R² of one example.
    public let value: Double?

    init(_ key: String, _ name: String, _ value: Double?) {
      self.key = key
      self.name = name
      self.value = value.flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// Compares the outputs of a network with the targets of a data set that it fits.
  ///
  /// Numbers are compared in the unit of the data set, without the scaling of targets. The outputs
  /// of an auto-encoder are compared with the inputs as the network sees them.
  ///
  /// - Parameters:
  ///   - outputs: One row per example.
  ///   - network: The network that computed the outputs.
  ///   - dataset: The examples with their targets.
  ///   - thresholds: The probability above which a label is predicted: one for all, or one per
  ///     label. Of two classes, the one number is that of the second class.
  public init(
    outputs: [Float], of network: NetworkDescription, for dataset: Dataset,
    thresholds: [Double] = [0.5]
  ) {
    switch dataset.targets {
    case .classes(let labels, let names):
      self = .classes(
        ClassificationReport(
          outputs: network.logits(outputs), labels: labels, classCount: names.count,
          threshold: thresholds[0]))
    case .labels(let targets, let names):
      self = .labels(
        MultiLabelReport(
          outputs: network.labelOutputs(outputs), network.labelKind, targets: targets,
          labelCount: names.count, thresholds: thresholds))
    case .values(let targets, let names):
      self = .values(
        RegressionReport(
          numbers: network.numbers(outputs), of: network.loss, targets: targets,
          targetCount: names.count))
    case .inputs:
      self = .values(
        RegressionReport(
          outputs: outputs.map { Double($0) },
          targets: dataset.scaledInputs(by: network.inputScaling).map { Double($0) },
          outputCount: dataset.features))
    }
  }

  /// The numbers that say most, the first of them first.
  public var scores: [Score] {
    switch self {
    case .classes(let report): [Score("accuracy", "accuracy", report.accuracy)]
    case .labels(let report):
      [
        Score("micro_f1", "micro F1", report.precisionRecall(.micro).f1),
        Score("macro_f1", "macro F1", report.precisionRecall(.macro).f1),
        Score("hamming_loss", "Hamming loss", report.hammingLoss),
        Score("subset_accuracy", "subset accuracy", report.subsetAccuracy),
      ]
    case .values(let report):
      [
        Score("r_squared", "R²", report.mean.rSquared),
        Score("rmse", "RMSE", report.mean.rootMeanSquared),
        Score("mae", "MAE", report.mean.meanAbsolute), Score("mse", "MSE", report.mean.meanSquared),
      ] + (report.distribution.map(Self.scores) ?? [])
    }
  }

  private static func scores(of distribution: DistributionReport) -> [Score] {
    switch distribution {
    case .counts(let deviance): [Score("poisson_deviance", "Poisson deviance", deviance)]
    case .quantiles(let report):
      [
        Score("pinball_loss", "pinball loss", report.meanPinballLoss),
        Score("interval_coverage", "interval coverage", report.intervalCoverage),
      ]
    case .normal(let report):
      [
        Score("negative_log_likelihood", "NLL", report.negativeLogLikelihood),
        Score("coverage_95", "coverage of 95 %", report.coverage),
      ]
    }
  }

  /// The most important score: accuracy, micro-F1 or R².
  public var headline: Score { scores[0] }
}

extension NetworkDescription {
  /// Whether the outputs are probabilities of classes, or logits or logarithms of them.
  public var tellsProbabilities: Bool {
    switch loss {
    case .softmaxCrossEntropy, .negativeLogLikelihood, .klDivergence: true
    default: !outputActivation.isElementwise
    }
  }

  /// Outputs as logits, divided by the temperature. Logarithms of probabilities are valid logits.
  public func logits(_ outputs: [Float]) -> [Float] {
    calibrated(outputActivation == .softmax ? outputs.map { Float(log(Double($0))) } : outputs)
  }

  /// Logits divided by the temperature: the one place where it is applied.
  private func calibrated(_ logits: [Float]) -> [Float] {
    guard let temperature else { return logits }
    return logits.map { Float(Double($0) / temperature) }
  }

  /// The meaning of outputs for labels. Losses that compare outputs with 0 and 1 make them
  /// approximate probabilities.
  public var labelKind: MultiLabelReport.Outputs {
    loss == .logisticCrossEntropy ? .logits : .probabilities
  }

  /// Outputs for labels in the form of ``labelKind``; logits are divided by the temperature. The
  /// outputs of a perceptron pass through the unit step.
  public func labelOutputs(_ outputs: [Float]) -> [Float] {
    if labelKind == .logits { return calibrated(outputs) }
    guard loss == .perceptron else { return outputs }
    // NaN stays visible.
    return outputs.map { $0.isNaN ? $0 : $0 >= 0 ? 1 : 0 }
  }
}
