import Lamina

/// A part of the data on a device, to be measured now and then.
struct EvaluationPart<B: Backend> {
  private let dataset: Dataset
  private let data: DeviceDataset<B>
  private let network: NetworkDescription
  private let thresholds: [Double]

  /// Uploads a part.
  init(_ dataset: Dataset, of plan: TrainingPlan, on backend: B) throws(BackendError) {
    self.dataset = dataset
    network = plan.network
    thresholds = plan.thresholds
    data = try DeviceDataset(dataset, for: plan.network, on: backend)
  }

  /// Tells the backend that ``report(by:)`` will be asked for.
  func anticipateReport(by evaluator: Evaluator<B>) throws(BackendError) {
    try evaluator.anticipate(data)
  }

  /// How the network does on it now. Waits for the device.
  func report(by evaluator: Evaluator<B>) throws(BackendError) -> PartReport {
    let evaluation = try evaluator.evaluate(data)
    return PartReport(
      loss: evaluation.loss,
      report: TaskReport(
        outputs: evaluation.outputs, of: network, for: dataset, thresholds: thresholds))
  }
}

/// How a network does on a part of the data.
struct PartReport {
  /// The mean loss, as training counts it but without penalties.
  let loss: Double
  let report: TaskReport
}
