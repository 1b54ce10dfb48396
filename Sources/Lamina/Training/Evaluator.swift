/// Runs a network over whole data sets and hands the outputs to the host.
public final class Evaluator<B: Backend> {
  private let network: Network<B>
  private let buffers: BatchBuffers<B>
  private let rows: Int

  /// Allocates buffers for `rows` examples at a time.
  public init(_ network: Network<B>, rows: Int = Evaluation.rows) throws(BackendError) {
    self.network = network
    self.rows = rows
    buffers = try BatchBuffers(network.description, rows: rows, trains: false, on: network.backend)
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

  /// Outputs and mean loss, the latter as training counts it but without penalties: for the network
  /// as it is, without dropout. Waits for the device.
  ///
  /// - Precondition: the network fits the data set.
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
    let indices = try backend.makeIndices([Int32](0..<Int32(examples.rows)))
    func prepare(_ rows: Int) throws(BackendError) -> B.Prepared {
      try backend.prepare(operations(BatchIndices(indices, count: rows), of: examples, data: data))
    }
    let most = min(rows, examples.rows)
    let full = try prepare(most)
    var all: [Float] = []
    all.reserveCapacity(examples.rows * network.description.outputs)
    for first in stride(from: 0, to: examples.rows, by: rows) {
      let count = min(rows, examples.rows - first)
      let forward = count == most ? full : try prepare(count)
      try backend.run(forward, with: StepArguments(firstIndex: first))
      all += try backend.values(of: buffers.output.prefix(rows: count))
    }
    return all
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
  /// The examples that an evaluation runs at once unless told otherwise.
  public static let rows = 1000

  /// The outputs of the last layer, example by example.
  public let outputs: [Float]
  /// The mean of the examples' losses.
  public let loss: Double
}
