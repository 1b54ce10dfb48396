/// Runs a network over whole data sets and hands the outputs to the host.
public final class Evaluator<B: Backend> {
  private let network: Network<B>
  private let buffers: BatchBuffers<B>
  private let rows: Int

  /// Allocates buffers for `rows` examples at a time.
  public init(_ network: Network<B>, rows: Int = 1000) throws(BackendError) {
    self.network = network
    self.rows = rows
    buffers = try BatchBuffers(
      network.description, rows: rows, trains: false, on: network.backend)
  }

  /// The outputs of the last layer (logits, for softmax cross-entropy), example by example.
  /// Waits for the device.
  ///
  /// - Precondition: the data set has the network's number of inputs.
  public func outputs(for dataset: Dataset) throws(BackendError) -> [Float] {
    let data = try network.backend.makeExamples(dataset)
    return try outputs(for: data)
  }

  /// The outputs for examples that are on the device already.
  public func outputs(for examples: Examples<B>) throws(BackendError) -> [Float] {
    let backend = network.backend
    let indices = try backend.makeIndices([Int32](0..<Int32(examples.rows)))
    let full = try prepare(rows: min(rows, examples.rows), examples, indices)
    var all: [Float] = []
    all.reserveCapacity(examples.rows * network.description.outputs)
    for first in stride(from: 0, to: examples.rows, by: rows) {
      let count = min(rows, examples.rows - first)
      let forward =
        count == min(rows, examples.rows) ? full : try prepare(rows: count, examples, indices)
      try backend.run(forward, with: StepArguments(firstIndex: first))
      all += try backend.values(of: buffers.output.prefix(rows: count))
    }
    return all
  }

  private func prepare(
    rows: Int, _ examples: Examples<B>, _ indices: Indices<B>
  ) throws(BackendError) -> B.Prepared {
    let (network, backend) = (network, network.backend)
    let pass = Pass(network, buffers, rows: rows, isTraining: false)
    return try backend.prepare { () throws(BackendError) in
      try backend.gather(
        BatchIndices(indices, count: rows), of: examples,
        scaling: network.description.inputScaling, into: pass.values[0])
      try pass.forward()
    }
  }
}
