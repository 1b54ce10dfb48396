import Lamina

/// Every operation, with the shapes that it has in the training of a network.
package enum KernelTable {
  package static func benchmarks(of row: NetworkRow) -> [any Benchmark] {
    let dataset = SyntheticData.dataset(for: row, count: SyntheticData.defaultCount(row))
    var benchmarks: [any Benchmark] = [ByteGatherBenchmark(network: row, dataset: dataset)]
    let hidden = distinct(row.sizes.dropFirst().dropLast())
    let activations: [Activation] = [.relu, .tanh, .logistic]
    for columns in hidden {
      benchmarks += activations.map {
        ActivationBenchmark(activation: $0, columns: columns, network: row)
      }
    }
    for columns in hidden {
      benchmarks += activations.map {
        ActivationDeltaBenchmark(activation: $0, columns: columns, network: row)
      }
    }
    benchmarks.append(LossBenchmark(network: row, dataset: dataset))
    benchmarks += distinct(row.sizes.dropFirst()).map {
      ColumnSumsBenchmark(columns: $0, network: row)
    }
    benchmarks.append(FillBenchmark(network: row))
    benchmarks.append(
      UpdateBenchmark(group: .kernel, count: row.description.parameterCount, network: row))
    benchmarks += DenseBenchmark.operations(of: row)
    benchmarks.append(InputLayerBenchmark(network: row, dataset: dataset))
    benchmarks.append(OutputLayerBenchmark(network: row, dataset: dataset))
    return benchmarks
  }

  /// The distinct sizes, in their order.
  private static func distinct(_ sizes: ArraySlice<Int>) -> [Int] {
    sizes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
