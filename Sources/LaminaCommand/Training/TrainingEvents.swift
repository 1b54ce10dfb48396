import Lamina
import LaminaData
import LaminaText

extension ReportedTraining {
  /// The first line of a log: everything that determines the training.
  var startEvent: JSON {
    let (options, network) = (plan.options, plan.network)
    return .object([
      "event": "start", "lamina_version": .string(LaminaVersion.text),
      "data": plan.data.json(name: plan.dataName, plan.decisions),
      "network": .string(network.name),
      "hidden": .array(
        network.layers.dropLast().compactMap { $0.dense.map { .integer($0.outputs) } }),
      "activation": .optional(network.layers.dropLast().first?.dense?.activation.description),
      "layers": .array(network.layers.map { .string($0.name) }),
      "output_activation": .string(network.outputActivation.description),
      "parameters": .integer(network.parameterCount), "loss": .string(network.loss.description),
      "reduction": .string(network.reduction.rawValue),
      "epochs": .integer(options.epochs),
      "batch_size": .integer(options.batchSize(of: plan.data.train.count)),
      "learning_rate": .float(options.rule.optimizer.learningRate),
      "momentum": .float(options.rule.optimizer.momentum),
      "optimizer": .string(options.rule.optimizer.name), "seed": .unsigned(options.seed),
      "shuffle": .bool(options.shuffles),
      "steps": options.stepLimit.map(JSON.integer) ?? .null,
      "initial_model": .optional(plan.initialModelPath), "model": .optional(plan.modelPath),
      "device": session.device.json, "plan": planJSON,
    ])
  }

  /// The last line of a log.
  func resultEvent(_ outcome: TrainingOutcome) throws(BackendError) -> JSON {
    let (test, timings) = (outcome.test, timings)
    let members: KeyValuePairs<String, JSON> = [
      "event": "result", "test_loss": .number(test.loss),
      "train_loss": .number(outcome.trainLoss), "epochs": .integer(outcome.epochs),
      "best_epoch": outcome.bestEpoch.map(JSON.integer) ?? .null,
      "steps": .integer(outcome.steps), "samples": .integer(outcome.examples),
      "interrupted": .bool(outcome.ending == .stopped), "diverged": .bool(!outcome.isUsable),
      "train_seconds": .number(timings.training),
      "samples_per_second": .number(outcome.samplesPerSecond),
      "data_seconds": .number(timings.data), "setup_seconds": .number(timings.setUp),
      "kernel_build_seconds": .number(timings.build),
      "evaluation_seconds": .number(timings.evaluation),
      "peak_memory_bytes": .integer(peakMemory()),
    ]
    return .object(
      members.map { (name: $0.key, value: $0.value) } + test.report.json(prefix: "test_")
        + details(test.report) + [(name: "pictures", value: try picturesJSON(outcome))])
  }

  /// The members that only classifications have.
  private func details(_ report: TaskReport) -> [(name: String, value: JSON)] {
    guard case .classes(let report) = report else { return [] }
    let brier: [(name: String, value: JSON)] =
      plan.network.tellsProbabilities ? [("brier_score", .number(report.brierScore))] : []
    return brier + report.confusionMatrix.jsonMembers
  }
}

extension TaskReport {
  /// The scores, their names with a prefix such as `test_`. Undefined scores are null.
  func json(prefix: String) -> [(name: String, value: JSON)] {
    scores.map { (name: prefix + $0.key, value: .optional($0.value)) }
  }
}

extension DatasetSplit {
  /// The description of the data for logs.
  func json(name: String, _ decisions: [DataDecision]) -> JSON {
    .object([
      "name": .string(name), "task": .string(train.targets.task.rawValue),
      "train": .integer(train.count),
      "validation": validation.map { .integer($0.count) } ?? .null, "test": .integer(test.count),
      "features": .integer(train.features), "classes": .integer(train.outputs),
      "class_names": .array(train.classNames.map(JSON.string)), "decisions": decisions.json,
    ])
  }
}

extension EpochReport {
  /// The log line of this epoch.
  var event: JSON {
    let members: KeyValuePairs<String, JSON> = [
      "event": "epoch", "epoch": .integer(epoch), "steps": .integer(training.steps),
      "learning_rate": .float(Float(training.learningRate)), "train_loss": .number(trainLoss),
      "train_accuracy": trainAccuracy.map(JSON.number) ?? .null,
      "\(partName)_loss": .number(part.loss), "seconds": .number(training.seconds),
      "samples_per_second": .number(samplesPerSecond),
    ]
    return .object(
      members.map { (name: $0.key, value: $0.value) } + part.report.json(prefix: "\(partName)_"))
  }
}
