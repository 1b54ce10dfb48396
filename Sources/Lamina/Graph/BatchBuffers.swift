/// The intermediate results of a network for batches of up to `rows` examples.
public struct BatchBuffers<B: Backend> {
  /// The gathered inputs, then the value that each node of the network makes.
  public let values: [Matrix<B>]
  /// The input of each activation, where its derivative needs that.
  public let preactivations: [Matrix<B>?]
  /// The derivative of the loss with respect to each value.
  ///
  /// The inputs have none. Outside of training only the output has one, because the loss computes
  /// it.
  public let deltas: [Matrix<B>?]
  /// The statistics of normalisations, at the place of the value that they make.
  public let statistics: [NormalizationStatistics<B>?]
  /// Losses and hits.
  public let meter: Meter<B>

  /// The outputs of the network.
  public var output: Matrix<B> { values[values.count - 1] }

  /// Allocates buffers for batches of up to `rows` examples.
  ///
  /// - Parameters:
  ///   - description: The network.
  ///   - rows: The largest number of examples in a batch.
  ///   - trains: Whether to allocate the deltas of all values too.
  ///   - memory: The place of the buffers.
  public init(
    _ description: NetworkDescription, rows: Int, trains: Bool = true, in memory: NetworkMemory<B>
  ) throws(BackendError) {
    let graph = description.graph
    let values = try Self.values(graph, rows: rows, trains: trains, in: memory)
    self.values = values
    var preactivations = [Matrix<B>?](repeating: nil, count: values.count)
    for node in graph.nodes
    where node.operation.hasPreactivation && node.activation.derivativeSource == .preactivation {
      preactivations[node.output] = try memory.makeMatrix(
        rows: rows, columns: graph.columns[node.output])
    }
    self.preactivations = preactivations
    statistics = try Self.statistics(graph, rows: rows, in: memory)
    deltas = try Self.deltas(graph, rows: rows, trains: trains, in: memory)
    meter = Meter(
      losses: try memory.makeVector(count: rows), hits: try memory.makeVector(count: rows))
  }

  /// Allocates buffers of their own.
  public init(
    _ description: NetworkDescription, rows: Int, trains: Bool = true, on backend: B
  ) throws(BackendError) {
    try self.init(description, rows: rows, trains: trains, in: NetworkMemory(backend))
  }

  /// Outside of training some nodes pass their input on, so that both values use the same memory.
  private static func values(
    _ graph: Graph, rows: Int, trains: Bool, in memory: NetworkMemory<B>
  ) throws(BackendError) -> [Matrix<B>] {
    var values = [try memory.makeMatrix(rows: rows, columns: graph.columns[0])]
    for node in graph.nodes {
      values.append(
        !trains && node.operation.passesValueOn
          ? values[node.inputs[0]]
          : try memory.makeMatrix(rows: rows, columns: graph.columns[node.output]))
    }
    return values
  }

  private static func statistics(
    _ graph: Graph, rows: Int, in memory: NetworkMemory<B>
  ) throws(BackendError) -> [NormalizationStatistics<B>?] {
    var statistics: [NormalizationStatistics<B>?] = [nil]
    for node in graph.nodes {
      let count =
        switch node.operation.statistics {
        case .none: 0
        case .oneAColumn: graph.columns[node.output]
        case .oneARow: rows
        }
      statistics.append(
        count == 0
          ? nil
          : NormalizationStatistics(
            mean: try memory.makeVector(count: count),
            inverseDeviation: try memory.makeVector(count: count)))
    }
    return statistics
  }

  /// From the output backwards, so that a value whose reader hands its delta on finds that one.
  private static func deltas(
    _ graph: Graph, rows: Int, trains: Bool, in memory: NetworkMemory<B>
  ) throws(BackendError) -> [Matrix<B>?] {
    var deltas = [Matrix<B>?](repeating: nil, count: graph.columns.count)
    for value in graph.columns.indices.dropFirst().reversed() {
      if !trains && value != graph.output { continue }
      let reader = graph.nodes.first { $0.inputs.contains(value) }
      if let reader, graph.sharesDelta(reader.output, value) {
        deltas[value] = deltas[reader.output]
      } else {
        deltas[value] = try memory.makeMatrix(rows: rows, columns: graph.columns[value])
      }
    }
    return deltas
  }
}
