package import Lamina
package import LaminaDevices
package import LaminaMeasurement

/// A training on one device, epoch by epoch, whichever backend the device has.
package protocol DeviceTraining: AnyObject {
  /// Trains on every example once.
  func trainEpoch() throws
  /// What was reached so far.
  func result() throws -> TrainingResult
}

/// What a training came to.
package struct TrainingResult: Sendable {
  /// The mean loss of each epoch.
  package var losses: [Double]
  package var testLoss: Double
  package var testAccuracy: Double
  /// Which test examples were named rightly.
  package var hits: [Bool]
  /// Seconds of the epochs.
  package var seconds: Double
}

extension TrainingWorkload {
  /// Makes a training of this workload ready.
  package func training(on backend: some Backend, test: Dataset) throws -> any DeviceTraining {
    try BackendTraining(self, on: backend, test: test)
  }

  /// Trains on all backends, an epoch on each in turn (A B A B).
  package func train(
    on devices: [OpenDevice], test: Dataset, shouldStop: () -> Bool = { false }
  ) throws -> [TrainingResult]? {
    let trainings = try devices.map { try training(on: $0.backend, test: test) }
    for _ in 0..<options.epochs {
      for training in trainings {
        if shouldStop() { return nil }
        try training.trainEpoch()
      }
    }
    return try trainings.map { try $0.result() }
  }
}

private final class BackendTraining<B: Backend>: DeviceTraining {
  private let trainer: Trainer<B>
  private let evaluator: Evaluator<B>
  private let test: Dataset
  private var losses: [Double] = []
  private var seconds = 0.0

  init(_ workload: TrainingWorkload, on backend: B, test: Dataset) throws {
    let network = try workload.network(on: backend)
    trainer = try Trainer(network, dataset: workload.dataset, options: workload.options)
    evaluator = try Evaluator(network, rows: min(JobData.evaluationRows, test.count))
    self.test = test
  }

  func trainEpoch() throws {
    if trainer.stepsTaken >= trainer.options.stepLimit ?? .max { return }
    let result = try trainer.trainEpoch(losses.count + 1)
    losses.append(result.loss)
    seconds += result.seconds
  }

  func result() throws -> TrainingResult {
    guard case .classes(let labels, let names) = test.targets else {
      throw JobError(.input, "\(test.name) has no classes, and only classifiers are compared")
    }
    let outputs = try evaluator.outputs(for: test)
    let report = ClassificationReport(outputs: outputs, labels: labels, classCount: names.count)
    let hits = labels.enumerated().map { example, label in
      let row = outputs[example * names.count..<(example + 1) * names.count]
      return ClassificationReport.prediction(row) == Int(label)
    }
    return TrainingResult(
      losses: losses, testLoss: report.meanCrossEntropy, testAccuracy: report.accuracy,
      hits: hits, seconds: seconds)
  }
}
