import Lamina

extension CheckGroup {
  /// Gathering a batch, and the first layer.
  static let inputLayer = CheckGroup("input layer") { list in
    for (batch, inputs, outputs) in [
      (1, 1, 1), (2, 3, 5), (7, 13, 16), (8, 16, 17), (9, 70, 33), (33, 37, 40), (32, 784, 16),
      (64, 784, 128), (20, 1100, 300),
    ] {
      list.add(InputLayerSteps(batch: batch, inputs: inputs, outputs: outputs), .exact)
    }
    for (isBytes, isScaledByFeature) in [(true, true), (false, true), (false, false)] {
      list.add(
        InputLayerSteps(
          batch: 9, inputs: 37, outputs: 20, isBytes: isBytes, isScaledByFeature: isScaledByFeature),
        .exact)
    }
    for activation in layerActivations {
      list.add(
        InputLayerSteps(batch: 9, inputs: 37, outputs: 20, activation: activation),
        activation.tolerance)
    }
  }

  /// The last layer with its loss. The tolerance covers sums of up to 512 products of about 0.04,
  /// and that of losses.
  static let outputLayer = CheckGroup("output layer") { list in
    let tolerance = Tolerance(
      relative: 5e-6, absolute: 5e-6, because: "exp, log, and sums of 512 terms")
    for classes in [1, 2, 10, 16, 17, 40, 70] {
      for (batch, inputs) in [(1, 1), (5, 3), (32, 16), (33, 37), (64, 64), (9, 100), (130, 512)] {
        for hasInputDelta in [true, false] {
          list.add(
            OutputLayerSteps(
              batch: batch, inputs: inputs, classes: classes, hasInputDelta: hasInputDelta),
            tolerance)
        }
      }
    }
    for activation in layerActivations {
      list.add(
        OutputLayerSteps(batch: 33, inputs: 37, classes: 10, activation: activation), tolerance)
    }
    for smoothing: Float in [0, 0.2] {
      for (hasLabels, isWeighted) in [(true, true), (false, true), (false, false)] {
        list.add(
          OutputLayerSteps(
            batch: 33, inputs: 37, classes: 10, loss: .softmaxCrossEntropy(smoothing: smoothing),
            hasLabels: hasLabels, isWeighted: isWeighted), tolerance)
      }
    }
    // Cases that a fused kernel may not support: rows without padding, other losses.
    list.add(OutputLayerSteps(batch: 33, inputs: 37, classes: 10, isPadded: false), tolerance)
    list.add(OutputLayerSteps(batch: 33, inputs: 37, classes: 10, loss: .squaredError), tolerance)
  }

  /// Whole steps of networks of dense layers, and more steps than one launch takes.
  static let wholeSteps = CheckGroup("whole steps") { list in
    let tolerance = Tolerance(
      relative: 1e-3, absolute: 1e-4, because: "70 steps of rounding in Float")
    // One to five layers, narrow and wide ones, and outputs of one, two and three vectors.
    for sizes in [
      [20, 10], [37, 19, 5], [9, 40, 33, 20], [21, 17, 34, 16, 10], [9, 8, 7, 6, 5, 4],
      [12, 530, 3], [7, 11, 40],
    ] {
      list.add(DenseSteps(sizes: sizes), tolerance)
    }
    for activation: Activation in [
      .relu, .logistic, .leakyReLU(slope: 0.1), .elu(alpha: 0.5), .softplus, .identity,
    ] {
      list.add(DenseSteps(activation: activation), tolerance)
    }
    for batch in [1, 8, 24, 67] { list.add(DenseSteps(batch: batch, momentum: 0), tolerance) }
    // With weights of more than half a megabyte, tasks take several tiles of rows.
    list.add(DenseSteps(sizes: [280, 480, 5], batch: 67, count: 2), tolerance)
    for loss: Loss in [.softmaxCrossEntropy(smoothing: 0.1), .squaredError] {
      list.add(DenseSteps(loss: loss, isTable: true), tolerance)
    }
  }

  /// Operations that are prepared together may be split in other ways than separate ones.
  static let recordedSteps = CheckGroup("recorded steps") { list in
    for (batch, inputs, outputs) in [(5, 3, 2), (9, 256, 5), (16, 500, 17), (24, 64, 40)] {
      list.add(
        RecordedSteps(shape: LayerShape(batch: batch, inputs: inputs, outputs: outputs)),
        Tolerance(
          relative: 1e-4, absolute: 1e-2,
          because: "weights of up to thousands after three steps, summed in another order"))
    }
  }
}
