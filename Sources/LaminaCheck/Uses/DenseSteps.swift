import Lamina

/// Whole training steps of a network of dense layers.
struct DenseSteps: CheckedUse {
  var sizes = [37, 19, 5]
  var activation = Activation.tanh
  var loss = Loss.softmaxCrossEntropy()
  var batch = 13
  var momentum: Float = 0.5
  /// Whether the data are floats with a scale per feature, weights and soft targets; otherwise,
  /// they are bytes and classes.
  var isTable = false

  /// The number of steps. The default is more than one launch takes.
  var count = 70

  private var dataset: Dataset {
    let (features, classes) = (sizes[0], sizes[sizes.count - 1])
    let rows = count + batch
    let names = (0..<classes).map(String.init)
    guard isTable else {
      return Dataset(
        name: "test",
        inputs: .bytes(
          DesignedData.labels(rows * features, classes: 256, seed: 61).map(UInt8.init)),
        targets: .classes(DesignedData.labels(rows, classes: classes, seed: 62), classNames: names),
        features: features)
    }
    var dataset = Dataset(
      name: "test", inputs: .floats(DesignedData.uniform(rows * features, bound: 1, seed: 63)),
      targets: .values(
        DesignedData.uniform(rows * classes, bound: 0.5, seed: 64).map { Double($0 + 0.5) },
        names: names), features: features)
    dataset.weights = DesignedData.uniform(rows, bound: 0.5, seed: 65).map { $0 + 1 }
    return dataset
  }

  private var description: NetworkDescription {
    let hidden = sizes[1..<sizes.count - 1].map {
      Layer.dense(outputs: $0, activation: activation)
    }
    return NetworkDescription(
      inputs: sizes[0],
      layers: hidden + [.dense(outputs: sizes[sizes.count - 1], activation: .identity)], loss: loss,
      inputScaling: isTable
        ? .perFeature(
          scales: DesignedData.uniform(sizes[0], bound: 1, seed: 66),
          offsets: DesignedData.uniform(sizes[0], bound: 1, seed: 67)) : .signedUnit)
  }

  /// Runs the steps. Each starts one example later and has its own learning rate.
  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let dataset = dataset
    let order = try backend.makeIndices((0..<Int32(dataset.count)).reversed())
    let network = try Network(
      description, values: NetworkParameters(for: description, initialization: .pyTorch, seed: 68),
      on: backend)
    let buffers = try BatchBuffers(description, rows: batch, on: backend)
    let step = try TrainingStep(
      network, batch: BatchIndices(order, count: batch),
      data: DeviceDataset(dataset, for: description, on: backend), buffers: buffers,
      rule: .sgd(learningRate: 0.05, momentum: momentum))
    for number in 0..<count {
      try step.run(
        StepArguments(
          firstIndex: number, step: number + 1, learningRateFactor: 1 + Float(number % 3)))
    }
    return try network.values().tensors + [
      backend.values(of: buffers.meter.losses), backend.values(of: buffers.meter.hits),
      backend.values(of: buffers.output),
    ]
  }
}
