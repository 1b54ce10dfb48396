extension CheckGroup {
  /// The single operations, which have their own kernels.
  package static let operations: [CheckGroup] =
    [
      gather, fill, add, activation, activationDelta, softmax, softmaxDelta,
      softmaxCrossEntropy, singleOutputLosses, targetLosses, batchNormalization,
      layerNormalization, dropout, maxout, embedding, columnSums,
      update,
    ] + optimizers + [
      penaltyGradient, clip, partialSums, clipNorm, decay, columnNormLimit, kernelFunction,
    ]

  /// Sequences of operations that backends may compute with one kernel.
  package static let composites: [CheckGroup] = [
    denseLayer, denseUpdates, inputLayer, outputLayer, wholeSteps, recordedSteps,
  ]

  /// Short trainings of every kind, including evaluation.
  package static let trainings: [CheckGroup] = [
    trainingTasks, trainingLayers, trainingActivations, trainingLosses, trainingOptimizers,
  ]
}
