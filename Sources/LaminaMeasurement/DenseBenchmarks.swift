package import Lamina

/// The operations of a network's dense layers, with its shapes.
package struct DenseBenchmark: Benchmark {
  /// The operations. Layers are counted from 0.
  package enum Composite {
    case forward(layer: Int)
    case backward(layer: Int)
    /// The gradients and updates of all layers.
    case updates
  }

  package let operation: Composite
  package let network: NetworkRow

  /// The benchmarks for a training step.
  package static func operations(of row: NetworkRow) -> [DenseBenchmark] {
    let layers = row.sizes.indices.dropLast()
    let operations =
      layers.map { Composite.forward(layer: $0) }
      + layers.dropFirst().map { Composite.backward(layer: $0) } + [.updates]
    return operations.map { DenseBenchmark(operation: $0, network: row) }
  }

  package var label: Label {
    let (batch, sizes) = (network.batchSize, network.sizes)
    return switch operation {
    case .forward(let layer):
      Label(
        group: .kernel, operation: "dense forward",
        shape: [batch, sizes[layer + 1], sizes[layer]], network: network)
    case .backward(let layer):
      Label(
        group: .kernel, operation: "dense backward",
        shape: [batch, sizes[layer], sizes[layer + 1]], network: network)
    case .updates: Label(group: .kernel, operation: "dense updates", network: network)
    }
  }

  package var products: [ProductSize] {
    let (batch, sizes) = (network.batchSize, network.sizes)
    switch operation {
    case .forward(let layer):
      return [ProductSize(rows: batch, columns: sizes[layer + 1], depth: sizes[layer])]
    case .backward(let layer):
      return [
        ProductSize(
          rows: batch, columns: sizes[layer], depth: sizes[layer + 1], transposesB: true)
      ]
    case .updates:
      return network.description.denseShapes.map { layer in
        ProductSize(rows: layer.inputs, columns: layer.outputs, depth: batch, transposesA: true)
      }
    }
  }

  package var work: BenchmarkWork {
    let (batch, sizes) = (network.batchSize, network.sizes)
    switch operation {
    case .forward(let layer):
      let (inputs, outputs) = (sizes[layer], sizes[layer + 1])
      return BenchmarkWork(
        limit: .arithmetic, operations: 2 * batch * inputs * outputs,
        bytes: 4 * (batch * inputs + (inputs + 1) * outputs + batch * outputs))
    case .backward(let layer):
      let (inputs, outputs) = (sizes[layer], sizes[layer + 1])
      return BenchmarkWork(
        limit: .arithmetic, operations: 2 * batch * inputs * outputs,
        bytes: 4 * (batch * outputs + inputs * outputs + 2 * batch * inputs))
    case .updates:
      let layers = network.description.denseShapes
      // The updates read and write parameters and velocities.
      return BenchmarkWork(
        limit: .arithmetic,
        operations: layers.reduce(0) { $0 + 2 * batch * $1.inputs * $1.outputs },
        bytes: layers.reduce(16 * network.description.parameterCount) {
          $0 + 4 * batch * ($1.inputs + $1.outputs)
        })
    }
  }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let operands = try NetworkOperands(network, on: backend)
    let operations =
      switch operation {
      case .forward(let layer): operands.forward(layer)
      case .backward(let layer): operands.backward(layer)
      case .updates: operands.update()
      }
    return try backend.repeating(operations)
  }
}

/// A network, and buffers for a batch with random numbers.
private struct NetworkOperands<B: Backend> {
  let network: Network<B>
  let buffers: BatchBuffers<B>

  init(_ row: NetworkRow, on backend: B) throws(BackendError) {
    network = try Network(row, on: backend)
    buffers = try BatchBuffers(row.description, rows: row.batchSize, on: backend)
    for matrix in buffers.values + buffers.deltas.compactMap({ $0 }) {
      try backend.write(SyntheticData.floats(matrix.rows * matrix.columns), to: matrix)
    }
  }

  func forward(_ layer: Int) -> [Operation<B>] {
    .dense(
      buffers.values[layer], network.dense[layer], activation(layer),
      into: buffers.values[layer + 1])
  }

  func backward(_ layer: Int) -> [Operation<B>] {
    guard let delta = buffers.deltas[layer + 1], let target = buffers.deltas[layer] else {
      return []
    }
    return [
      .matmul(delta, network.dense[layer].weights.transposed, into: target),
      .activationDelta(activation(layer - 1), saved: buffers.values[layer], on: target),
    ]
  }

  func update() -> [Operation<B>] {
    let gradients = network.dense.indices.reversed().flatMap { layer -> [Operation<B>] in
      guard let delta = buffers.deltas[layer + 1] else { return [] }
      return .denseGradients(
        buffers.values[layer], delta, beta: NetworkRow.rule.momentum,
        into: network.gradients.dense[layer])
    }
    return gradients + [
      .update(network.parameters.all, gradients: network.gradients.all, by: .slow)
    ]
  }

  private func activation(_ layer: Int) -> Activation {
    guard case .dense(_, let activation) = network.description.layers[layer] else {
      return .identity
    }
    return activation
  }
}

extension Network {
  /// A network with initial parameters.
  package convenience init(_ row: NetworkRow, on backend: B) throws(BackendError) {
    let values = NetworkParameters(for: row.description, initialization: .pyTorch, seed: 1)
    try self.init(row.description, values: values, on: backend)
  }
}
