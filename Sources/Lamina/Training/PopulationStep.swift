/// One step of several networks, for batches of a size for each.
public final class PopulationStep<B: Backend> {
  private let backend: B
  /// The lists that run side by side: a part of a batch of each network that has such a part.
  private let parts: [Part]

  private struct Part {
    /// The places of the networks, and where in their batch the part starts.
    let networks: [(place: Int, start: Int)]
    let prepared: B.PreparedTogether
  }

  /// Prepares the step.
  ///
  /// - Parameter members: The memory of each network, and the examples it takes; 0 for none.
  init(_ members: [(steps: TrainingSteps<B>, rows: Int)], on backend: B) throws(BackendError) {
    self.backend = backend
    let lists = members.map { $0.rows == 0 ? [] : $0.steps.lists(rows: $0.rows) }
    var parts: [Part] = []
    for part in 0..<(lists.map(\.count).max() ?? 0) {
      let places = lists.indices.filter { lists[$0].count > part }
      parts.append(
        Part(
          networks: places.map { ($0, lists[$0][part].start) },
          prepared: try backend.prepare(together: places.map { lists[$0][part].operations })))
    }
    self.parts = parts
  }

  /// Runs the step with the values of each network that takes part; returns before the device has.
  public func run(_ arguments: [StepArguments?]) throws(BackendError) {
    for part in parts {
      let values = part.networks.map { network in
        var values = arguments[network.place] ?? StepArguments()
        values.firstIndex += network.start
        values.rowOffset += network.start
        return values
      }
      try backend.run(part.prepared, with: values)
    }
  }
}
