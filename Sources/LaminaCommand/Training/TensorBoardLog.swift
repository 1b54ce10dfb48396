import Lamina
import LaminaReport

/// The curves of a training as event files for TensorBoard.
final class TensorBoardLog {
  private let file: TensorBoardFile

  /// Makes the folder and the file, so that a bad path is an error before training begins.
  init(folder: String) throws { file = try TensorBoardFile(folder: folder) }

  /// Adds a table of the hyperparameters.
  func start(_ plan: TrainingPlan, device: DeviceDescription) {
    let options = plan.options
    let rows: KeyValuePairs = [
      "network": plan.network.text, "data": plan.dataName, "device": device.name,
      "batch size": "\(options.batchSize(of: plan.data.train.count))",
      "learning rate": "\(options.rule.optimizer.learningRate)",
      "momentum": "\(options.rule.optimizer.momentum)", "epochs": "\(options.epochs)",
      "seed": "\(options.seed)",
    ]
    let table = "| | |\n|---|---|\n" + rows.map { "| \($0.key) | `\($0.value)` |\n" }.joined()
    file.add("hyperparameters", text: table)
  }

  /// Adds the scores of an epoch.
  func epoch(_ report: EpochReport) {
    let part = report.partName
    var values = [("loss/train", report.trainLoss), ("loss/\(part)", report.part.loss)]
    if let accuracy = report.trainAccuracy { values.append(("accuracy/train", accuracy)) }
    // An undefined score has no point.
    values += report.part.report.scores.compactMap { score in
      score.value.map { ("\(score.key)/\(part)", $0) }
    }
    values += [
      ("learning_rate", report.training.learningRate),
      ("samples_per_second", report.samplesPerSecond),
    ]
    file.add(values.map { (name: $0.0, value: $0.1) }, step: report.epoch)
  }

  /// Throws if an event was lost.
  func finish() throws { try file.finish() }
}
