/// One training step for batches of one size, recorded once and run as often as wanted.
///
/// The sequence, for layers 1 ... L: gather the batch; forward through the layers; loss with the
/// delta of layer L; deltas of the layers L-1 ... 1 (none for the inputs); then all updates. The
/// deltas come before the updates because they need the weights of before, and because work that is
/// split over the batch then stands together, and work that is split over the weights too.
public final class TrainingStep<B: Backend> {
  private let backend: B
  private let prepared: B.Prepared

  /// Records the step.
  ///
  /// - Parameters:
  ///   - batch: The rows of a batch; the buffers hold at least as many.
  ///   - data: The training set on the device.
  public init(
    _ network: Network<B>, batch: BatchIndices<B>, data: DeviceDataset<B>,
    buffers: BatchBuffers<B>, rule: SGD
  ) throws(BackendError) {
    let backend = network.backend
    self.backend = backend
    prepared = try backend.prepare { () throws(BackendError) in
      let outputs = buffers.outputs.map { $0.prefix(rows: batch.count) }
      let deltas = buffers.deltas.map { $0.prefix(rows: batch.count) }
      try backend.gather(
        batch, of: data.examples, scaling: network.description.inputScaling, into: outputs[0])
      try Self.forward(network, outputs)
      try backend.loss(
        network.lossRequest(
          outputs: outputs[outputs.count - 1], delta: deltas[deltas.count - 1], batch: batch,
          targets: data.targets, meter: buffers.meter))
      try Self.backward(network, outputs: outputs, deltas: deltas)
      try backend.denseUpdates(
        network.updates(outputs: outputs, deltas: deltas), parameters: network.parameters,
        velocity: network.velocity, rule: rule)
    }
  }

  /// Runs the step; returns before the device has.
  public func run(_ arguments: StepArguments) throws(BackendError) {
    try backend.run(prepared, with: arguments)
  }

  static func forward(_ network: Network<B>, _ outputs: [Matrix<B>]) throws(BackendError) {
    for (number, layer) in network.layers.enumerated() {
      try network.backend.denseForward(
        outputs[number], layer, network.description.layers[number].activation,
        into: outputs[number + 1])
    }
  }

  private static func backward(
    _ network: Network<B>, outputs: [Matrix<B>], deltas: [Matrix<B>]
  ) throws(BackendError) {
    for number in network.layers.indices.dropFirst().reversed() {
      try network.backend.denseBackward(
        deltas[number], network.layers[number],
        network.description.layers[number - 1].activation, input: outputs[number],
        into: deltas[number - 1])
    }
  }
}

extension Network {
  func lossRequest(
    outputs: Matrix<B>, delta: Matrix<B>, batch: BatchIndices<B>,
    targets: LossRequest<B>.Targets, meter: Meter<B>
  ) -> LossRequest<B> {
    LossRequest(
      loss: description.loss, activation: description.layers.last?.activation ?? .identity,
      outputs: outputs, targets: targets, batch: batch,
      deltaScale: description.reduction == .mean ? 1 / Float(batch.count) : 1, delta: delta,
      meter: meter)
  }

  func updates(outputs: [Matrix<B>], deltas: [Matrix<B>]) -> [DenseUpdate<B>] {
    layers.indices.reversed().map { number in
      DenseUpdate(
        input: outputs[number], delta: deltas[number], parameters: layers[number],
        velocity: velocities[number])
    }
  }
}

/// A data set in the memory of a backend.
public struct DeviceDataset<B: Backend> {
  /// The inputs.
  public let examples: Examples<B>
  /// The right answers.
  public let targets: LossRequest<B>.Targets

  /// Uploads a data set; images stay one byte a pixel.
  public init(_ dataset: Dataset, on backend: B) throws(BackendError) {
    examples = try backend.makeExamples(dataset)
    targets = try backend.makeTargets(dataset)
  }
}

/// The intermediate results of a network for batches of up to `rows` examples.
public struct BatchBuffers<B: Backend> {
  /// The gathered inputs, then the output of each layer.
  public let outputs: [Matrix<B>]
  /// The delta of each layer. The last may share its memory with the last output.
  public let deltas: [Matrix<B>]
  /// Losses and hits.
  public let meter: Meter<B>

  /// Allocates buffers for batches of up to `rows` examples.
  public init(_ description: NetworkDescription, rows: Int, on backend: B) throws(BackendError) {
    var outputs: [Matrix<B>] = []
    for size in description.sizes {
      outputs.append(try backend.makeMatrix(rows: rows, columns: size))
    }
    var deltas: [Matrix<B>] = []
    for layer in description.layers {
      deltas.append(try backend.makeMatrix(rows: rows, columns: layer.outputs))
    }
    self.outputs = outputs
    self.deltas = deltas
    meter = Meter(
      losses: try backend.makeVector(count: rows), hits: try backend.makeVector(count: rows))
  }
}
