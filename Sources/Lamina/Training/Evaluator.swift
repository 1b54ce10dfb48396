/// Runs a network over whole data sets and hands the outputs to the host.
public final class Evaluator<B: Backend> {
  /// The number of examples that run at once.
  public let rows: Int
  private let network: Network<B>
  private let buffers: BatchBuffers<B>
  /// The lists of the last data, which are often evaluated again.
  private var lists: EvaluationLists<B>?
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
    for first in stride(from: 0, to: examples.rows, by: rows) {
      let count = min(rows, examples.rows - first)
      try backend.run(
        count == rows ? lists.full : lists.last, with: StepArguments(firstIndex: first))
      try backend.append(buffers.output.prefix(rows: count), to: &all, by: &padded)
    }
    return all
  }

  /// The lists for the given data. They are reused if the data are the same as the last time.
  private func lists(
    for examples: Examples<B>, data: DeviceDataset<B>?
  ) throws(BackendError) -> EvaluationLists<B> {
    if let lists, lists.areFor(examples, data) { return lists }
    let backend = network.backend
    let indices = try backend.makeIndices([Int32](0..<Int32(examples.rows)))
    func prepare(_ rows: Int) throws(BackendError) -> B.Prepared {
      try backend.prepare(operations(BatchIndices(indices, count: rows), of: examples, data: data))
    }
    let full = try prepare(min(rows, examples.rows))
    let rest = examples.rows % rows
    let lists = EvaluationLists(
      examples: examples, targets: data?.targets.buffer, weights: data?.weights?.buffer, full: full,
      last: rest == 0 || examples.rows < rows ? full : try prepare(rest))
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

/// The prepared lists of an evaluation.
private struct EvaluationLists<B: Backend> {
  /// The memory that they are for.
  let examples: Examples<B>
  let targets: B.Buffer?
  let weights: B.Buffer?
  /// The list of a full batch, or of all examples where they are fewer.
  let full: B.Prepared
  /// The list of the last batch.
  let last: B.Prepared

  func areFor(_ examples: Examples<B>, _ data: DeviceDataset<B>?) -> Bool {
    self.examples.isSame(as: examples) && targets === data?.targets.buffer
      && weights === data?.weights?.buffer
  }
}

extension Examples {
  fileprivate func isSame(as other: Examples) -> Bool {
    buffer === other.buffer && rows == other.rows && columns == other.columns
      && element == other.element
  }
}

extension LossTargets {
  fileprivate var buffer: B.Buffer {
    switch self {
    case .labels(let labels): labels.buffer
    case .values(let values): values.buffer
    }
  }
}

/// The outputs and losses of a network on a data set.
public struct Evaluation: Sendable {
  /// The outputs of the last layer, example by example.
  public let outputs: [Float]
  /// The mean of the examples' losses.
  public let loss: Double
}
