import Lamina
import LaminaText

extension Reliability {
  /// The members for logs and evaluations: the error, and the bins of the reliability diagram.
  var json: JSON {
    JSON([
      "expected_calibration_error": expectedCalibrationError,
      "reliability": bins.map { bin in
        JSON([
          "count": bin.count, "mean_probability": bin.meanProbability, "share": bin.share,
        ])
      },
    ])
  }
}

extension TaskReport {
  /// The reliability of probabilities; nil if the network has none.
  func reliability(of network: NetworkDescription) -> Reliability? {
    switch self {
    case .classes(let report): network.tellsProbabilities ? report.reliability : nil
    case .labels(let report): network.labelKind == .logits ? report.reliability : nil
    case .values: nil
    }
  }
}

extension ChosenOutputs {
  /// The members for logs. Without a fit or a search, they are missing.
  var json: JSON {
    var members = JSON([:])
    if let calibration {
      members =
        members
        + JSON([
          "temperature": calibration.temperature ?? 1,
          "validation_log_loss": calibration.before.logLoss,
          "validation_log_loss_calibrated": calibration.after.logLoss,
          "validation_calibration_error": calibration.before.expectedCalibrationError,
          "validation_calibration_error_calibrated": calibration.after.expectedCalibrationError,
        ])
    }
    guard !searches.isEmpty else { return members }
    return members
      + JSON([
        "thresholds": thresholds, "validation_f1": searches.map(\.usualF1),
        "validation_f1_chosen": searches.map(\.f1), "threshold_ties": searches.map(\.ties),
      ])
  }
}
