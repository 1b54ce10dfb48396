/// Applies a network to examples without targets, as many as there are, in memory that is allocated
/// once.
public final class Predictor<B: Backend> {
  /// The number of examples that run at once.
  public let rows: Int
  private let network: Network<B>
  private let evaluator: Evaluator<B>
  /// A batch of inputs; nil before the first one.
  private var batch: Examples<B>?

  /// Allocates buffers for `rows` examples at a time.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - rows: The number of examples that run at once. The default suits network and device.
  public init(_ network: Network<B>, rows: Int? = nil) throws(BackendError) {
    self.network = network
    evaluator = try Evaluator(network, rows: rows)
    self.rows = evaluator.rows
  }

  /// The outputs of the last layer (logits, for softmax cross-entropy), example by example. The
  /// targets are not read. Waits for the device.
  ///
  /// - Precondition: The data set has the network's number of inputs.
  public func outputs(for dataset: Dataset) throws(BackendError) -> [Float] {
    let columns = dataset.features
    precondition(
      columns == network.description.inputs,
      "\(columns) inputs for a network of \(network.description.inputs)")
    var outputs: [Float] = []
    outputs.reserveCapacity(dataset.count * network.description.outputs)
    let stored = StoredInputs(dataset, for: network.description.inputScaling)
    for first in stride(from: 0, to: dataset.count, by: rows) {
      let count = min(rows, dataset.count - first)
      let range = first * columns..<(first + count) * columns
      let batch =
        switch stored {
        case .bytes(let bytes): try write(bytes.span.extracting(range).bytes, .byte)
        case .floats(let floats): try write(floats.span.extracting(range).bytes, .float)
        }
      // A batch that is not full runs with what is left in its other rows. Each example has outputs
      // of its own, and lists of one length need to be prepared once.
      outputs += try evaluator.outputs(for: batch)
        .prefix(count * network.description.outputs)
    }
    return outputs
  }

  private func write(
    _ bytes: RawSpan, _ element: Examples<B>.Element
  ) throws(BackendError) -> Examples<B> {
    let batch = try batch(of: element)
    try network.backend.write(bytes, to: batch.buffer, at: 0)
    return batch
  }

  private func batch(of element: Examples<B>.Element) throws(BackendError) -> Examples<B> {
    if let batch, batch.element == element { return batch }
    let columns = network.description.inputs
    let size = element == .byte ? 1 : MemoryLayout<Float>.stride
    let new = Examples<B>(
      buffer: try network.backend.makeBuffer(byteCount: rows * columns * size), rows: rows,
      columns: columns, element: element)
    batch = new
    return new
  }
}
