import Lamina
import LaminaData
import LaminaText

extension ReportedTraining {
  /// The first line of a log: everything that determines the training.
  var startEvent: JSON {
    let (options, network) = (plan.options, plan.network)
    let hidden = network.hiddenLayers
    return JSON([
      "event": "start", "lamina_version": LaminaVersion.text,
      "data": plan.data.json(name: plan.dataName, plan.decisions), "network": network.name,
      "hidden": hidden.compactMap { $0.dense?.outputs },
      "activation": hidden.first?.dense?.activation.description,
      "layers": network.layers.map(\.name),
      "output_activation": network.outputActivation.description,
      "parameters": network.parameterCount, "loss": network.loss.description,
      "reduction": network.reduction.rawValue, "epochs": options.epochs,
      "batch_size": options.batchSize(of: plan.data.train.count),
      "learning_rate": options.rule.optimizer.learningRate,
      "momentum": options.rule.optimizer.momentum, "optimizer": options.rule.optimizer.name,
      "seed": options.seed, "shuffle": options.shuffles, "steps": options.stepLimit,
      "initial_model": plan.initialModelPath, "model": plan.modelPath,
      "card": plan.cardPath,
      "device": session.device.json, "plan": planJSON,
    ]) + productError.json
  }

  /// The last line of a log.
  func resultEvent(_ outcome: TrainingOutcome) throws(BackendError) -> JSON {
    let (test, timings) = (outcome.test, timings)
    return JSON([
      "event": "result", "test_loss": test.loss, "train_loss": outcome.trainLoss,
      "epochs": outcome.epochs, "best_epoch": outcome.bestEpoch, "steps": outcome.steps,
      "samples": outcome.examples, "interrupted": outcome.ending == .stopped,
      "diverged": !outcome.isUsable, "train_seconds": timings.training,
      "samples_per_second": outcome.samplesPerSecond, "data_seconds": timings.data,
      "setup_seconds": timings.setUp, "kernel_build_seconds": timings.build,
      "evaluation_seconds": timings.evaluation, "peak_memory_bytes": peakMemory(),
    ]) + test.report.json(prefix: "test_") + details(test.report)
      + (test.report.reliability(of: plan.network)?.json ?? JSON([:]))
      + (outcome.chosen?.json ?? JSON([:]))
      + JSON(["pictures": try picturesJSON(outcome)])
  }

  /// The members that only classifications have.
  private func details(_ report: TaskReport) -> JSON {
    guard case .classes(let report) = report else { return JSON([:]) }
    let scores = report.confusionMatrix.json
    guard plan.network.tellsProbabilities else { return scores }
    return JSON(["brier_score": report.brierScore]) + scores
  }
}

extension TaskReport {
  /// The scores, their names with a prefix such as `test_`. Undefined scores are null.
  func json(prefix: String) -> JSON {
    .object(scores.map { (name: prefix + $0.key, value: $0.value.json) })
  }
}

extension DatasetSplit {
  /// The description of the data for logs.
  func json(name: String, _ decisions: [DataDecision]) -> JSON {
    JSON([
      "name": name, "task": train.targets.task.rawValue, "train": train.count,
      "validation": validation?.count, "test": test.count, "features": train.features,
      "classes": train.outputs, "class_names": train.classNames, "decisions": decisions.json,
    ])
  }
}

extension EpochReport {
  /// The log line of this epoch.
  var event: JSON {
    JSON([
      "event": "epoch", "epoch": epoch, "steps": training.steps,
      "learning_rate": Float(training.learningRate), "train_loss": trainLoss,
      "train_accuracy": trainAccuracy, "\(partName)_loss": part.loss,
      "seconds": training.seconds, "samples_per_second": samplesPerSecond,
    ]) + part.report.json(prefix: "\(partName)_")
  }
}
