/// Runs networks of one shape over whole data sets side by side, each with the parameters that it has on
/// the device: what ``Evaluator`` is for one network.
final class PopulationEvaluator<B: Backend> {
  private let groups: [EvaluatedGroup<B>]

  /// The networks that go side by side; more go group by group. On a processor, the values of more would
  /// leave its caches, so that a few for each thread are enough.
  ///
  /// - Parameter bytes: Those of the values of a network.
  private static func groupSize(bytes: Int, on device: DeviceDescription) -> Int {
    guard device.kind == .processor else { return max(1, (256 << 20) / bytes) }
    return max(1, device.computeUnits, device.computeUnits * (8 << 20) / bytes)
  }

  /// Allocates buffers for batches of the size that a network alone would have, so that its results are
  /// the same.
  ///
  /// - Parameters:
  ///   - networks: The networks, of one shape.
  ///   - most: The size of the largest data set.
  init(_ networks: [Network<B>], most: Int) throws(BackendError) {
    let (description, backend) = (networks[0].description, networks[0].backend)
    let rows = max(1, min(Evaluation.rows(for: description, on: backend.device), most))
    let bytes = MemoryLayout<Float>.stride * description.valueCount * rows
    let count = min(networks.count, Self.groupSize(bytes: bytes, on: backend.device))
    let memories = NetworkMemory.shared(by: count, on: backend)
    var buffers: [BatchBuffers<B>] = []
    for memory in memories {
      buffers.append(try BatchBuffers(description, rows: rows, trains: false, in: memory))
    }
    let losses = PopulationMeter(memories[0], buffers.map(\.meter.losses))
    groups = stride(from: 0, to: networks.count, by: count).map { first in
      EvaluatedGroup(
        Array(zip(networks[first..<min(first + count, networks.count)], buffers)), losses,
        rows: rows)
    }
  }

  /// The outputs and the mean loss of each network; see ``Evaluator/evaluate(_:)``. Waits for the device.
  ///
  /// - Precondition: The networks fit the data set.
  func evaluate(_ data: DeviceDataset<B>) throws(BackendError) -> [Evaluation] {
    var evaluations: [Evaluation] = []
    for group in groups { evaluations += try group.evaluate(data) }
    return evaluations
  }
}

/// Networks that are evaluated side by side, with their buffers.
private final class EvaluatedGroup<B: Backend> {
  private let members: [(network: Network<B>, buffers: BatchBuffers<B>)]
  private let losses: PopulationMeter<B>
  private let rows: Int
  private let backend: B
  /// The lists of each data set so far.
  private var known: [EvaluationLists<B, B.PreparedTogether>] = []
  /// Outputs on their way to the host, which hold padding.
  private var padded: [Float] = []

  init(
    _ members: [(network: Network<B>, buffers: BatchBuffers<B>)], _ losses: PopulationMeter<B>,
    rows: Int
  ) {
    self.members = members
    self.losses = losses
    self.rows = rows
    backend = members[0].network.backend
  }

  func evaluate(_ data: DeviceDataset<B>) throws(BackendError) -> [Evaluation] {
    try backend.perform(.fill(losses.numbers, with: 0))
    var outputs = [[Float]](repeating: [], count: members.count)
    try lists(for: data).forEachBatch { (list, first, count) throws(BackendError) in
      let arguments = StepArguments(firstIndex: first)
      try backend.run(list, with: [StepArguments](repeating: arguments, count: members.count))
      for place in members.indices {
        let output = members[place].buffers.output.prefix(rows: count)
        try backend.append(output, to: &outputs[place], by: &padded)
      }
    }
    return zip(outputs, try losses.sums(on: backend)).map { outputs, sum in
      Evaluation(outputs: outputs, loss: sum / Double(data.examples.rows))
    }
  }

  private func lists(
    for data: DeviceDataset<B>
  ) throws(BackendError) -> EvaluationLists<B, B.PreparedTogether> {
    if let lists = known.first(where: { $0.areFor(data.examples, data) }) { return lists }
    let lists = try EvaluationLists(data.examples, data, rows: rows, on: backend) {
      (batch) throws(BackendError) in
      try backend.prepare(
        together: members.map { network, buffers in
          let pass = Pass(network, buffers, rows: batch.count, isTraining: false)
          return pass.forward(batch, of: data.examples) + [pass.loss(batch, of: data)]
        })
    }
    known.append(lists)
    return lists
  }
}
