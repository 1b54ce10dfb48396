package import Lamina

/// The bias and the activation of a layer's outputs.
package struct ActivationBenchmark: Benchmark {
  package let activation: Activation
  package let columns: Int
  package let network: NetworkRow

  package var label: Label {
    Label(
      group: .kernel, operation: "activation \(activation.description)",
      shape: [network.batchSize, columns], network: network)
  }

  package var work: BenchmarkWork {
    BenchmarkWork(limit: .memory, bytes: 8 * network.batchSize * columns + 4 * columns)
  }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let outputs = try backend.makeRandomMatrix(rows: network.batchSize, columns: columns)
    let bias = try backend.makeRandomVector(count: columns)
    return try backend.repeating([.activation(activation, of: outputs, bias: bias, into: outputs)])
  }
}

/// The derivative of an activation. The deltas shrink to zero during the warm-up, which does not
/// change the amount of arithmetic.
package struct ActivationDeltaBenchmark: Benchmark {
  package let activation: Activation
  package let columns: Int
  package let network: NetworkRow

  package var label: Label {
    Label(
      group: .kernel, operation: "activation delta \(activation.description)",
      shape: [network.batchSize, columns], network: network)
  }

  package var work: BenchmarkWork {
    BenchmarkWork(limit: .memory, bytes: 12 * network.batchSize * columns)
  }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let outputs = try backend.makeRandomMatrix(rows: network.batchSize, columns: columns)
    let delta = try backend.makeRandomMatrix(rows: network.batchSize, columns: columns)
    return try backend.repeating([.activationDelta(activation, saved: outputs, on: delta)])
  }
}

/// The gradient of a bias.
package struct ColumnSumsBenchmark: Benchmark {
  package let columns: Int
  package let network: NetworkRow

  package var label: Label {
    Label(
      group: .kernel, operation: "column sums", shape: [network.batchSize, columns],
      network: network)
  }

  package var work: BenchmarkWork {
    BenchmarkWork(limit: .memory, bytes: 4 * network.batchSize * columns + 8 * columns)
  }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let delta = try backend.makeRandomMatrix(rows: network.batchSize, columns: columns)
    let sums = try backend.makeVector(count: columns)
    return try backend.repeating([
      .columnSums(of: delta, beta: NetworkRow.rule.momentum, into: sums)
    ])
  }
}

/// Filling a vector of the length of a network's parameters with zeros.
package struct FillBenchmark: Benchmark {
  package let network: NetworkRow
  private var count: Int { network.description.parameterCount }

  package init(network: NetworkRow) { self.network = network }

  package var label: Label {
    Label(group: .kernel, operation: "fill", shape: [count], network: network)
  }

  package var work: BenchmarkWork { BenchmarkWork(limit: .memory, bytes: 4 * count) }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let vector = try backend.makeVector(count: count)
    return try backend.repeating([.fill(vector, with: 0)])
  }
}

/// The update of all parameters by SGD.
package struct UpdateBenchmark: Benchmark {
  package let group: Label.Group
  package let count: Int
  package var network: NetworkRow?

  package var label: Label {
    Label(group: group, operation: "update", shape: [count], network: network)
  }
  package var work: BenchmarkWork { BenchmarkWork(limit: .memory, bytes: 12 * count) }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let parameters = try backend.makeRandomVector(count: count)
    let velocity = try backend.makeRandomVector(count: count)
    return try backend.repeating([.update(parameters, gradients: velocity, by: .slow)])
  }
}

extension Optimizer {
  /// A learning rate so small that parameters stay finite in many repetitions of the same update.
  static let slow = Optimizer.sgd(SGD(learningRate: 1e-6))
}
