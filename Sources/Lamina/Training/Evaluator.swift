/// Runs a network over whole data sets and hands the outputs to the host.
public final class Evaluator<B: Backend> {
  /// The number of examples that run at once.
  public let rows: Int
  private let network: Network<B>
  private let buffers: BatchBuffers<B>
  /// The lists of the last data, which are often evaluated again.
  private var lists: EvaluationLists<B, B.Prepared>?
  /// Outputs on their way to the host, which hold padding.
  private var padded: [Float] = []

  /// Allocates buffers for `rows` examples at a time.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - rows: The number of examples that run at once. The default suits network and device.
  ///   - most: The size of the largest data set, if it is known. Small data sets need less memory.
  public init(
    _ network: Network<B>, rows: Int? = nil, most: Int = .max
  ) throws(BackendError) {
    self.network = network
    let usual = Evaluation.rows(for: network.description, on: network.backend.device)
    self.rows = max(1, min(rows ?? usual, most))
    buffers = try BatchBuffers(
      network.description, rows: self.rows, trains: false, on: network.backend)
  }

  /// The outputs of the last layer (logits, for softmax cross-entropy), example by example.
  /// Waits for the device.
  ///
  /// - Precondition: the data set has the network's number of inputs.
  public func outputs(for dataset: Dataset) throws(BackendError) -> [Float] {
    let data = try network.backend.makeExamples(dataset, for: network.description.inputScaling)
    return try outputs(for: data)
  }

  /// The outputs for examples that are on the device already.
  public func outputs(for examples: Examples<B>) throws(BackendError) -> [Float] {
    try run(examples, data: nil)
  }

  /// The outputs and the mean loss. The loss is that of training without penalties, and the network
  /// runs without dropout. Waits for the device.
  ///
  /// - Precondition: The network fits the data set.
  public func evaluate(_ data: DeviceDataset<B>) throws(BackendError) -> Evaluation {
    let backend = network.backend
    try backend.perform(.fill(buffers.meter.losses, with: 0))
    let outputs = try run(data.examples, data: data)
    let losses = try backend.values(of: buffers.meter.losses)
    let sum = losses.reduce(0) { $0 + Double($1) }
    return Evaluation(outputs: outputs, loss: sum / Double(data.examples.rows))
  }

  /// Announces the lists of ``evaluate(_:)`` to the backend.
  public func anticipate(_ data: DeviceDataset<B>) throws(BackendError) {
    let count = min(rows, data.examples.rows)
    let indices = try network.backend.makeIndices([Int32](0..<Int32(count)))
    network.backend.anticipate(
      operations(BatchIndices(indices, count: count), of: data.examples, data: data))
  }

  private func run(
    _ examples: Examples<B>, data: DeviceDataset<B>?
  ) throws(BackendError) -> [Float] {
    let backend = network.backend
    let lists = try lists(for: examples, data: data)
    var all: [Float] = []
    all.reserveCapacity(examples.rows * network.description.outputs)
    try lists.forEachBatch { (list, first, count) throws(BackendError) in
      try backend.run(list, with: StepArguments(firstIndex: first))
      try backend.append(buffers.output.prefix(rows: count), to: &all, by: &padded)
    }
    return all
  }

  /// The lists for the given data. They are reused if the data are the same as the last time.
  private func lists(
    for examples: Examples<B>, data: DeviceDataset<B>?
  ) throws(BackendError) -> EvaluationLists<B, B.Prepared> {
    if let lists, lists.areFor(examples, data) { return lists }
    let backend = network.backend
    let lists = try EvaluationLists(examples, data, rows: rows, on: backend) {
      (batch) throws(BackendError) in
      try backend.prepare(operations(batch, of: examples, data: data))
    }
    self.lists = lists
    return lists
  }

  private func operations(
    _ batch: BatchIndices<B>, of examples: Examples<B>, data: DeviceDataset<B>?
  ) -> [Operation<B>] {
    let pass = Pass(network, buffers, rows: batch.count, isTraining: false)
    return pass.forward(batch, of: examples) + (data.map { [pass.loss(batch, of: $0)] } ?? [])
  }
}

/// The outputs and losses of a network on a data set.
public struct Evaluation: Sendable {
  /// The outputs of the last layer, example by example.
  public let outputs: [Float]
  /// The mean of the examples' losses.
  public let loss: Double
}
