import Lamina
import LaminaData
import LaminaText

/// Everything that `lamina evaluate` prints, as one JSON object. `docs/files.md` lists the members.
struct EvaluationJSON {
  let model: String
  let data: String
  let network: NetworkDescription
  let test: Dataset
  let decisions: [DataDecision]
  let error: ProductError
  let report: TaskReport
  let evaluation: Evaluation
  /// The probabilities above which labels are predicted.
  let thresholds: [Double]
  /// The importance of inputs; nil if it was not measured.
  let importance: ImportanceResult?

  /// The object, on one line.
  var text: String {
    (facts + report.json(prefix: "") + details + (importance?.json ?? JSON([:]))).text + "\n"
  }

  private var facts: JSON {
    JSON([
      "lamina_version": LaminaVersion.text, "model": model, "data": data, "network": network.name,
      "task": test.targets.task.rawValue, "examples": test.count, "outputs": test.targets.names,
      "decisions": decisions.json, "precision": error.precision.rawValue,
      "product_error": error.largest, "loss": evaluation.loss,
    ])
  }

  private var details: JSON {
    let own =
      switch report {
      case .classes(let report): details(of: report)
      case .labels(let report): details(of: report)
      case .values(let report): details(of: report)
      }
    guard let reliability = report.reliability(of: network) else { return own }
    return own + JSON(["temperature": network.temperature ?? 1]) + reliability.json
  }

  /// Log loss and Brier score are null without probabilities.
  private func details(of report: ClassificationReport) -> JSON {
    let tellsProbabilities = network.tellsProbabilities
    return JSON([
      "hits": report.confusionMatrix.hits,
      "top_5_accuracy": report.classCount > 5 ? report.topAccuracy(5) : nil,
      "log_loss": tellsProbabilities ? report.meanCrossEntropy : nil,
      "brier_score": tellsProbabilities ? report.brierScore : nil,
      "roc_auc": areaUnderROC(classCount: report.classCount),
      "thresholds": report.classCount == 2 && tellsProbabilities ? thresholds : nil,
    ]) + report.confusionMatrix.json
      + JSON(["class_examples": report.confusionMatrix.classCounts.map(\.support)])
  }

  private func areaUnderROC(classCount: Int) -> Double? {
    guard case .classes(let labels, _) = test.targets else { return nil }
    return ROC.macro(
      ROC.classAreas(
        logits: network.logits(evaluation.outputs), labels: labels, classCount: classCount))
  }

  private func details(of report: MultiLabelReport) -> JSON {
    let counts = report.labelCounts
    return JSON([
      "macro_roc_auc": report.macroAreaUnderROC, "thresholds": thresholds,
      "log_loss": network.labelKind == .logits ? report.logLoss : nil,
      "label_accuracy": counts.map(\.accuracy), "label_precision": counts.map(\.precision),
      "label_recall": counts.map(\.recall), "label_f1": counts.map(\.f1),
      "label_examples": counts.map(\.support),
    ])
  }

  private func details(of report: RegressionReport) -> JSON {
    let errors = JSON([
      "output_r_squared": report.outputs.map(\.rSquared),
      "output_rmse": report.outputs.map(\.rootMeanSquared),
      "output_mae": report.outputs.map(\.meanAbsolute),
    ])
    guard case .quantiles(let report) = report.distribution else { return errors }
    return errors
      + JSON([
        "quantiles": report.levels, "quantile_pinball_loss": report.pinballLosses,
        "quantile_coverage": report.coverages,
      ])
  }
}
