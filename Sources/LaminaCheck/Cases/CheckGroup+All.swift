extension CheckGroup {
  /// The operations that have kernels of their own.
  package static let operations: [CheckGroup] =
    [
      gather, fill, add, activation, activationDelta, softmax, softmaxDelta,
      softmaxCrossEntropy, singleOutputLosses, batchNormalization, layerNormalization, dropout,
      maxout, columnSums, update,
    ] + optimizers + [
      penaltyGradient, clip, partialSums, clipNorm, decay, columnNormLimit, kernelFunction,
    ]

  /// What consists of several operations, which backends may compute by one kernel.
  package static let composites: [CheckGroup] = [
    denseLayer, denseUpdates, inputLayer, outputLayer, denseSteps, recordedSteps,
  ]

  /// Short trainings of every kind, evaluation included.
  package static let trainings: [CheckGroup] = [
    trainingTasks, trainingLayers, trainingActivations, trainingLosses, trainingOptimizers,
  ]
}
