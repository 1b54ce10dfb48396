import Lamina
import LaminaText

/// The tables at the end of a training or an evaluation, for every task.
struct TaskReportText {
  /// The screen shows the scores of at most this many outputs.
  private static let mostOutputs = 40

  let report: TaskReport
  /// The mean loss.
  let loss: Double
  let network: NetworkDescription
  /// The names of the outputs.
  let names: [String]

  /// The tables.
  var text: String {
    switch report {
    case .classes(let report):
      ReportText(
        report: report, loss: loss, tellsProbabilities: network.tellsProbabilities,
        classNames: names
      ).text
    case .labels(let report): scores + "\n" + table(of: report)
    case .values(let report): scores + table(of: report) + quantiles(of: report)
    }
  }

  private var scores: String {
    let rows =
      report.scores.map { ($0.name, $0.value) } + extra + [("mean loss", loss)]
    return rows.map { "\(Format.left($0.0, 18))\(ReportText.share($0.1))\n" }.joined()
  }

  /// Log loss goes by the temperature of the model; the mean loss is that of training.
  private var extra: [(String, Double?)] {
    guard case .labels(let labels) = report else { return [] }
    let area: [(String, Double?)] = [("macro ROC AUC", labels.macroAreaUnderROC)]
    guard let reliability = report.reliability(of: network) else { return area }
    return area + [
      ("log loss", labels.logLoss), ("calibration error", reliability.expectedCalibrationError),
    ]
  }

  private func table(of report: MultiLabelReport) -> String {
    report.labelCounts.count <= Self.mostOutputs
      ? ReportText.table(report.labelCounts, of: "label", name) : ""
  }

  private func table(of report: RegressionReport) -> String {
    guard (2...Self.mostOutputs).contains(report.outputs.count) else { return "" }
    let head = ["output", "R²", "RMSE", "MAE"]
    let rows = report.outputs.enumerated().map { output, errors in
      [name(output)]
        + [errors.rSquared, errors.rootMeanSquared, errors.meanAbsolute].map(ReportText.share)
    }
    return "\n" + Format.table([head] + rows, numeric: Set(1..<head.count))
  }

  private func quantiles(of report: RegressionReport) -> String {
    guard case .quantiles(let report) = report.distribution else { return "" }
    let head = ["quantile", "pinball loss", "coverage"]
    let rows = report.levels.indices.map { level in
      ["\(report.levels[level])"]
        + [report.pinballLosses[level], report.coverages[level]].map(ReportText.share)
    }
    return "\n" + Format.table([head] + rows, numeric: Set(1..<head.count))
  }

  private func name(_ output: Int) -> String {
    names.indices.contains(output) ? names[output] : "\(output)"
  }
}
