import Lamina

/// Bias and activation of a layer's outputs.
struct ActivationBenchmark: Benchmark {
  let activation: Activation
  let columns: Int
  let network: NetworkRow

  var label: Label {
    Label(
      group: .kernel, operation: "activation \(activation.rawValue)",
      shape: [network.batchSize, columns], network: network)
  }

  var work: Work { Work(limit: .memory, bytes: 8 * network.batchSize * columns + 4 * columns) }

  func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let outputs = try backend.makeRandomMatrix(rows: network.batchSize, columns: columns)
    let bias = try backend.makeRandomVector(count: columns)
    return try backend.repeating { () throws(BackendError) in
      try backend.activation(activation, of: outputs, bias: bias, into: outputs)
    }
  }
}

/// The derivative of an activation. The deltas shrink to zero in the warm-up, which costs and
/// saves no arithmetic.
struct ActivationDeltaBenchmark: Benchmark {
  let activation: Activation
  let columns: Int
  let network: NetworkRow

  var label: Label {
    Label(
      group: .kernel, operation: "activation delta \(activation.rawValue)",
      shape: [network.batchSize, columns], network: network)
  }

  var work: Work { Work(limit: .memory, bytes: 12 * network.batchSize * columns) }

  func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let outputs = try backend.makeRandomMatrix(rows: network.batchSize, columns: columns)
    let delta = try backend.makeRandomMatrix(rows: network.batchSize, columns: columns)
    return try backend.repeating { () throws(BackendError) in
      try backend.activationDelta(activation, saved: outputs, on: delta)
    }
  }
}

/// The gradient of a bias.
struct ColumnSumsBenchmark: Benchmark {
  let columns: Int
  let network: NetworkRow

  var label: Label {
    Label(
      group: .kernel, operation: "column sums", shape: [network.batchSize, columns],
      network: network)
  }

  var work: Work { Work(limit: .memory, bytes: 4 * network.batchSize * columns + 8 * columns) }

  func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let delta = try backend.makeRandomMatrix(rows: network.batchSize, columns: columns)
    let sums = try backend.makeVector(count: columns)
    return try backend.repeating { () throws(BackendError) in
      try backend.columnSums(of: delta, beta: NetworkRow.rule.momentum, into: sums)
    }
  }
}

/// A vector as long as a network's parameters, set to zero.
struct FillBenchmark: Benchmark {
  let network: NetworkRow
  private var count: Int { network.description.parameterCount }

  init(network: NetworkRow) { self.network = network }

  var label: Label {
    Label(group: .kernel, operation: "fill", shape: [count], network: network)
  }

  var work: Work { Work(limit: .memory, bytes: 4 * count) }

  func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let vector = try backend.makeVector(count: count)
    return try backend.repeating { () throws(BackendError) in
      try backend.fill(vector, with: 0)
    }
  }
}

/// The update of all parameters by their velocities.
struct UpdateBenchmark: Benchmark {
  let group: Label.Group
  let count: Int
  var network: NetworkRow?

  var label: Label { Label(group: group, operation: "update", shape: [count], network: network) }
  var work: Work { Work(limit: .memory, bytes: 12 * count) }

  func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let parameters = try backend.makeRandomVector(count: count)
    let velocity = try backend.makeRandomVector(count: count)
    return try backend.repeating { () throws(BackendError) in
      try backend.update(parameters, velocity: velocity, rule: .slow)
    }
  }
}

extension SGD {
  /// So slow that parameters stay finite however often the same update is repeated.
  static let slow = SGD(learningRate: 1e-6, momentum: 0.9)
}
