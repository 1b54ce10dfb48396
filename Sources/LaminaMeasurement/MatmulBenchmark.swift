package import Lamina

/// A matrix product of a training step, with the same transposes.
package struct MatmulBenchmark: Benchmark {
  /// The place of the product in a step.
  package enum Place: String {
    /// `outputs = inputs · weights`.
    case forward = "forward NN"
    /// `velocity = momentum · velocity + inputsᵀ · delta`.
    case weightGradient = "weight gradient TN"
    /// `delta = next delta · weightsᵀ`.
    case delta = "delta NT"
    /// A plain product of large matrices.
    case large = "product NN"
  }

  package let place: Place
  package let rows: Int
  package let columns: Int
  package let depth: Int
  package var network: NetworkRow?
  package var group = Label.Group.matmul

  package var label: Label {
    Label(
      group: group, operation: place.rawValue, shape: [rows, columns, depth], network: network)
  }

  package var work: BenchmarkWork {
    let results = (accumulates ? 2 : 1) * rows * columns
    return BenchmarkWork(
      limit: .arithmetic, operations: 2 * rows * columns * depth,
      bytes: 4 * (rows * depth + depth * columns + results))
  }

  package var products: [ProductSize] {
    [
      ProductSize(
        rows: rows, columns: columns, depth: depth, transposesA: place == .weightGradient,
        transposesB: place == .delta)
    ]
  }

  /// The products of the layers of a network.
  package static func products(of row: NetworkRow) -> [MatmulBenchmark] {
    let batch = row.batchSize
    return row.description.denseShapes.enumerated().flatMap { number, layer in
      var products = [
        MatmulBenchmark(
          place: .forward, rows: batch, columns: layer.outputs, depth: layer.inputs, network: row),
        MatmulBenchmark(
          place: .weightGradient, rows: layer.inputs, columns: layer.outputs, depth: batch,
          network: row),
      ]
      // The inputs of a network need no delta.
      if number > 0 {
        products.append(
          MatmulBenchmark(
            place: .delta, rows: batch, columns: layer.inputs, depth: layer.outputs, network: row))
      }
      return products
    }
  }

  /// 1024 × 1024 × 1024, the usual size in publications.
  package static let yardstick = MatmulBenchmark(
    place: .large, rows: 1024, columns: 1024, depth: 1024)

  /// Large products, in ascending order of work.
  package static let peaks = [(512, 1024), (1024, 1024), (2048, 2048), (4096, 4096)].map {
    rows, size in
    MatmulBenchmark(place: .large, rows: rows, columns: size, depth: size, group: .peak)
  }

  private var accumulates: Bool { place == .weightGradient }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let a =
      place == .weightGradient
      ? try backend.makeRandomMatrix(rows: depth, columns: rows).transposed
      : try backend.makeRandomMatrix(rows: rows, columns: depth)
    let b =
      place == .delta
      ? try backend.makeRandomMatrix(rows: columns, columns: depth).transposed
      : try backend.makeRandomMatrix(rows: depth, columns: columns)
    let c = try backend.makeMatrix(rows: rows, columns: columns)
    let beta = accumulates ? NetworkRow.rule.momentum : 0
    return try backend.repeating([.matmul(a, b, beta: beta, into: c)])
  }
}
