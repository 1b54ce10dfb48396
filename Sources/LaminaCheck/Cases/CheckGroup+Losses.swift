import Lamina

/// exp, log and each division are off by at most 2 units in the last place, and sums of up to 100
/// terms by more.
private let tolerance = Tolerance(
  relative: 2e-6, absolute: 1e-6, because: "exp, log and a sum of all classes")

/// Soft targets: one row of numbers from 0 to 1 per example.
private func softTargets(_ classes: Int, seed: UInt64 = 20) -> [Float] {
  DesignedData.uniform(23 * classes, bound: 1, seed: seed).map { max(0, $0) }
}

extension CheckGroup {
  static let softmaxCrossEntropy = CheckGroup("softmax cross-entropy") { list in
    for classes in [2, 3, 10, 16, 17, 100] {
      for rows in [1, 5, 32, 64] {
        for bound: Float in [0.1, 5, 80] {
          for sharesMemory in [false, true] {
            list.add(
              EvaluateLoss(
                loss: .softmaxCrossEntropy(), rows: rows, classes: classes,
                outputs: DesignedData.uniform(rows * classes, bound: bound, seed: 19),
                sharesMemory: sharesMemory, isPadded: sharesMemory), tolerance)
          }
        }
      }
    }
    for classes in [3, 10, 20] {
      list.add(
        EvaluateLoss(
          loss: .softmaxCrossEntropy(), rows: 32, classes: classes,
          outputs: DesignedData.uniform(32 * classes, bound: 5, seed: 21),
          targets: softTargets(classes)), tolerance)
    }
    let extremes: [[Float]] = [
      [1e4, -1e4, 0], [-1e4, -1e4, -1e4], [1e4, 1e4, 1e4], [0, 0, 0], [3e38, -3e38, 0],
      [-87, 0, 87], [.nan, 0, 0], [0, .nan, 1], [-.infinity, 0, 0], [0, 1, .infinity],
    ]
    list.add(
      EvaluateLoss(
        loss: .softmaxCrossEntropy(), rows: extremes.count, classes: 3,
        outputs: extremes.flatMap { $0 }), tolerance)
    list.addWeights(.softmaxCrossEntropy(smoothing: 0.2))
    list.addExtremeOutputs(.softmaxCrossEntropy())
  }

  /// Targets from 0 to 1. The outputs are logits, or logarithms of probabilities where the loss
  /// needs them.
  static let singleOutputLosses = CheckGroup("losses of single outputs") { list in
    let losses =
      Loss.allCases.filter { $0 != .softmaxCrossEntropy() && $0.outputsPerTarget == 1 }
      + [.huber(threshold: 0.25)]
    for loss in losses {
      for (rows, classes) in [(1, 1), (5, 3), (64, 10), (32, 17), (7, 40)] {
        for (hasLabels, sharesMemory) in [(true, false), (false, true), (false, false)] {
          list.add(
            EvaluateLoss(
              loss: loss, rows: rows, classes: classes,
              outputs: DesignedData.uniform(rows * classes, bound: 4, seed: 22),
              targets: hasLabels ? nil : softTargets(classes, seed: 23),
              sharesMemory: sharesMemory, isPadded: hasLabels), tolerance)
        }
      }
      list.addExtremeOutputs(loss)
    }
    list.addWeights(.squaredError)
    list.addOutputActivations()
  }

  /// Targets are numbers, and each has several outputs.
  static let targetLosses = CheckGroup("losses of several outputs") { list in
    let losses =
      Loss.allCases.filter { $0.outputsPerTarget > 1 } + [
        .quantile(levels: [0.05, 0.25, 0.5, 0.75, 0.95]), .gaussianLikelihood(epsilon: 0.25),
      ]
    for loss in losses {
      for (rows, targets) in [(1, 1), (5, 3), (64, 1), (32, 16), (9, 17), (7, 40)] {
        for (sharesMemory, isPadded) in [(false, true), (true, false)] {
          let outputs = targets * loss.outputsPerTarget
          list.add(
            EvaluateLoss(
              loss: loss, rows: rows, classes: outputs,
              outputs: DesignedData.uniform(rows * outputs, bound: 4, seed: 24),
              targets: DesignedData.uniform(23 * targets, bound: 3, seed: 25),
              weights: isPadded ? DesignedData.uniform(23, bound: 3, seed: 26) : nil,
              lossScale: 0.125, sharesMemory: sharesMemory, isPadded: isPadded), targetTolerance)
        }
      }
      list.addExtremeTargets(loss)
    }
  }
}

/// Terms are squares over variances down to e^-4, and of either sign.
private let targetTolerance = Tolerance(
  relative: 4e-6, absolute: 4e-6, because: "exp, a square, and a sum of all targets")

extension CaseList {
  /// Adds cases with weights, smoothing, and a scale of the loss other than 1.
  fileprivate mutating func addWeights(_ loss: Loss) {
    for classes in [3, 10, 20] {
      for hasLabels in [true, false] {
        add(
          EvaluateLoss(
            loss: loss, rows: 32, classes: classes,
            outputs: DesignedData.uniform(32 * classes, bound: 5, seed: 21),
            targets: hasLabels ? nil : softTargets(classes),
            weights: DesignedData.uniform(23, bound: 3, seed: 22), lossScale: 0.125), tolerance)
      }
    }
  }

  /// Adds cases with targets of exactly 0 and 1 and very large outputs.
  fileprivate mutating func addExtremeOutputs(_ loss: Loss) {
    let outputs: [Float] = [1e4, -1e4, 0, -0.0, 1, -1, 88, -88, 1e15, -1e15]
    add(
      EvaluateLoss(
        loss: loss, rows: outputs.count, classes: 2, outputs: outputs.flatMap { [$0, 0] },
        targets: (0..<46).map { Float($0 % 2) }), tolerance)
  }

  /// Adds cases with outputs that are exact, very large, or no numbers.
  fileprivate mutating func addExtremeTargets(_ loss: Loss) {
    let values: [Float] = [1e4, -1e4, 0, 1, 88, -88, 1e15, -1e15, .nan, .infinity]
    let parts = loss.outputsPerTarget
    for part in 0..<parts {
      add(
        EvaluateLoss(
          loss: loss, rows: values.count, classes: parts,
          outputs: values.flatMap { value in (0..<parts).map { $0 == part ? value : 0 } },
          targets: (0..<23).map { Float($0 % 2) }), targetTolerance)
    }
  }

  /// Adds cases with the derivative of the output activation.
  fileprivate mutating func addOutputActivations() {
    for activation: Activation in [
      .identity, .logistic, .tanh, .relu, .scaledLogistic(), .elu(),
    ] {
      for (rows, classes) in [(1, 1), (5, 3), (64, 10), (32, 17)] {
        for hasLabels in [true, false] {
          add(
            EvaluateLoss(
              loss: .quadratic, activation: activation, rows: rows, classes: classes,
              outputs: DesignedData.uniform(rows * classes, bound: 1, seed: 22),
              targets: hasLabels ? nil : DesignedData.uniform(23 * classes, bound: 1, seed: 23),
              isPadded: hasLabels), tolerance)
        }
      }
    }
  }
}
