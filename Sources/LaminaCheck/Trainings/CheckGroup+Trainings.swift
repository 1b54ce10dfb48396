import Lamina

private let hidden: [Layer] = [
  .dense(outputs: 17, activation: .tanh), .dense(outputs: 10, activation: .tanh),
]

extension CheckGroup {
  static let trainingTasks = CheckGroup("training: tasks") { list in
    list.add("classes", TrainingTask.classes.network(hidden, .softmaxCrossEntropy()), .classes)
    list.add("labels", TrainingTask.labels.network(hidden, .logisticCrossEntropy), .labels)
    list.add("numbers", TrainingTask.numbers.network(hidden, .squaredError), .numbers)
    list.add(
      "auto-encoder", TrainingTask.inputs.network(hidden, output: .tanh, .squaredError), .inputs)
    list.add(
      "classes without hidden layers", TrainingTask.classes.network([], .softmaxCrossEntropy()),
      .classes)
    // Networks that are one launch on processors, and a wide layer.
    list.add(
      "classes by ReLU",
      TrainingTask.classes.network(
        [.dense(outputs: 40, activation: .relu), .dense(outputs: 33, activation: .relu)],
        .softmaxCrossEntropy(smoothing: 0.1)), .classes)
    list.add(
      "a wide layer",
      TrainingTask.classes.network(
        [.dense(outputs: 1030, activation: .tanh)], .softmaxCrossEntropy()), .classes)
  }

  static let trainingLayers = CheckGroup("training: layers") { list in
    let layers: [(String, Layer)] = [
      ("batch normalization", .batchNormalization(momentum: 0.3, epsilon: 1e-3)),
      ("layer normalization", .layerNormalization()), ("dropout", .dropout(rate: 0.25)),
      ("maxout", .maxout(outputs: 12, pieces: 3)), ("activation", .activation(.softplus)),
      (
        "residual",
        .residual([
          .dense(outputs: 23, activation: .tanh),
          .residual([.activation(.logistic), .dense(outputs: 23, activation: .tanh)]),
          .dense(outputs: 17, activation: .identity),
        ])
      ),
    ]
    for (name, layer) in layers {
      list.add(
        name,
        TrainingTask.classes.network(
          [.dense(outputs: 17, activation: .tanh), layer], .softmaxCrossEntropy()), .classes)
    }
    list.add(
      "embedding",
      TrainingTask.categories.network(
        [TrainingTask.embedding, .dense(outputs: 17, activation: .tanh)], .softmaxCrossEntropy()),
      .categories)
    let all: [Layer] = [
      .batchNormalization(), .maxout(outputs: 17, pieces: 2), .dropout(rate: 0.1),
      .residual([
        .layerNormalization(), .dense(outputs: 17, activation: .tanh), .dropout(rate: 0.5),
      ]), .activation(.softplus),
    ]
    list.add("all layers", TrainingTask.numbers.network(all, .squaredError), .numbers)
  }

  static let trainingActivations = CheckGroup("training: activations") { list in
    for activation in Activation.elementwise {
      list.add(
        "\(activation)",
        TrainingTask.numbers.network(
          [.dense(outputs: 17, activation: activation), .dense(outputs: 9, activation: .tanh)],
          output: .logistic, .squaredError), .numbers)
    }
    for activation in [Activation.logistic, .tanh, .softmax, .logSoftmax] {
      list.add(
        "\(activation) outputs",
        TrainingTask.numbers.network(hidden, output: activation, .quadratic), .numbers)
    }
  }

  static let trainingLosses = CheckGroup("training: losses") { list in
    for loss in Loss.allCases {
      let output = loss.outputActivations?.first ?? .logistic
      for task in loss.isForNumbers ? [TrainingTask.numbers] : [.classes, .labels] {
        list.add("\(loss), \(task)", task.network(hidden, output: output, loss), task)
      }
    }
  }

  /// Every optimiser with its usual numbers, and with another momentum where it has one. Adaptive
  /// ones have a large epsilon: with the usual one they make steps of full size from gradients near
  /// zero, whatever sign rounding gives these.
  static let trainingOptimizers = CheckGroup("training: optimizers") { list in
    var rules: [(String, UpdateRule)] = [("sgd without momentum", .sgd(learningRate: 0.1))]
    for (name, usual) in Optimizer.usual {
      let optimizer = usual.setting("epsilon", to: 1e-2) ?? usual
      rules.append((name, UpdateRule(optimizer)))
      if let other = optimizer.setting("momentum", to: 0.5) {
        rules.append(("\(name) with momentum 0.5", UpdateRule(other)))
      }
    }
    func with(_ change: (inout UpdateRule) -> Void) -> UpdateRule {
      var rule = UpdateRule.sgd(learningRate: 0.1, momentum: 0.5)
      change(&rule)
      return rule
    }
    rules += [
      ("penalties", with { $0.penalties = Penalties(l1: 0.001, l2: 0.01) }),
      ("limits of gradients", with { $0.clipping = GradientClipping(value: 0.02, norm: 0.05) }),
      ("weight decay", with { $0.weightDecay = 0.1 }), ("maximum norm", with { $0.maxNorm = 0.8 }),
    ]
    let network = TrainingTask.classes.network(hidden, .softmaxCrossEntropy())
    for (name, rule) in rules { list.add(name, network, .classes, rule: rule) }
    list.add("batches in parts", network, .classes, accumulation: 3)
  }
}

extension CaseList {
  fileprivate mutating func add(
    _ what: String, _ description: NetworkDescription, _ task: TrainingTask,
    rule: UpdateRule = .sgd(learningRate: 0.05, momentum: 0.5), accumulation: Int = 1
  ) {
    add(
      TrainingRun(
        what: what, description: description, task: task, rule: rule, accumulation: accumulation),
      TrainingRun.tolerance)
  }
}
