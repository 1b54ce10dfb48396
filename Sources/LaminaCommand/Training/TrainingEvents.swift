import Lamina
import LaminaText

extension TrainingRun {
  /// The first line of a log: all that the training depends on.
  var startEvent: JSON {
    let (options, network) = (plan.options, plan.network)
    return .object([
      "event": "start", "lamina_version": .string(LaminaVersion.text),
      "data": plan.data.json(name: plan.dataName),
      "network": .string(network.name),
      "hidden": .array(
        network.layers.dropLast().compactMap { $0.dense.map { .integer($0.outputs) } }),
      "activation": .optional(network.layers.dropLast().first?.dense?.activation.rawValue),
      "parameters": .integer(network.parameterCount), "loss": .string(network.loss.rawValue),
      "epochs": .integer(options.epochs),
      "batch_size": .integer(options.batchSize(of: plan.data.train.count)),
      "learning_rate": .float(options.rule.optimizer.learningRate),
      "momentum": .float(options.rule.optimizer.momentum), "seed": .unsigned(options.seed),
      "shuffle": .bool(options.shuffles),
      "steps": options.stepLimit.map(JSON.integer) ?? .null,
      "initial_model": .optional(plan.initialModelPath), "model": .optional(plan.modelPath),
      "device": device.json, "plan": planJSON,
    ])
  }

  /// The last line of a log.
  func resultEvent(_ outcome: TrainingOutcome) throws(BackendError) -> JSON {
    let (report, timings) = (outcome.report, outcome.timings)
    var interrupted = false
    if case .interrupted = outcome.ending { interrupted = true }
    let members: KeyValuePairs<String, JSON> = [
      "event": "result", "test_accuracy": .number(report.accuracy),
      "test_loss": .number(report.meanCrossEntropy), "train_loss": .number(outcome.trainLoss),
      "epochs": .integer(outcome.epochs), "steps": .integer(outcome.steps),
      "samples": .integer(outcome.examples), "interrupted": .bool(interrupted),
      "diverged": .bool(!outcome.isUsable), "train_seconds": .number(timings.training),
      "samples_per_second": .number(outcome.samplesPerSecond),
      "data_seconds": .number(timings.data), "setup_seconds": .number(timings.setUp),
      "kernel_build_seconds": .number(timings.build),
      "evaluation_seconds": .number(timings.evaluation),
      "peak_memory_bytes": .integer(peakMemory()),
      "brier_score": .number(report.brierScore),
    ]
    return .object(
      members.map { (name: $0.key, value: $0.value) } + report.confusionMatrix.jsonMembers
        + [(name: "pictures", value: try picturesJSON)])
  }
}

extension DatasetSplit {
  /// What logs say of the data.
  func json(name: String) -> JSON {
    .object([
      "name": .string(name), "train": .integer(train.count), "test": .integer(test.count),
      "features": .integer(train.features), "classes": .integer(train.outputs),
      "class_names": .array(train.classNames.map(JSON.string)),
    ])
  }
}

extension EpochReport {
  /// The line of a log for this epoch.
  var event: JSON {
    .object([
      "event": "epoch", "epoch": .integer(epoch), "steps": .integer(steps),
      "train_loss": .number(trainLoss), "train_accuracy": .number(trainAccuracy),
      "test_loss": .number(testLoss), "test_accuracy": .number(testAccuracy),
      "learning_rate": .float(Float(learningRate)), "seconds": .number(seconds),
      "samples_per_second": .number(samplesPerSecond),
    ])
  }
}
