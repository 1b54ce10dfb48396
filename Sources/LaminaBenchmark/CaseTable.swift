import LaminaMeasurement
import LaminaText

/// The cases that the commands measure.
struct CaseTable {
  let networks: NetworkOptions
  var data = SyntheticDataOptions()

  /// Every product of every layer, and a product of 1024 × 1024 × 1024.
  var matmul: [any Benchmark] {
    networks.rows(default: NetworkRow.table).flatMap(MatmulBenchmark.products)
      + [MatmulBenchmark.yardstick]
  }

  /// Every operation at the shapes of a small and a large network.
  var kernels: [any Benchmark] {
    networks.rows(default: NetworkRow.kernelTable).flatMap(KernelTable.benchmarks)
  }

  /// A training step of every network.
  func steps() throws(InputError) -> [any Benchmark] {
    var benchmarks: [any Benchmark] = []
    for row in networks.rows(default: NetworkRow.table) {
      benchmarks.append(StepBenchmark(network: row, dataset: try data.dataset(for: row)))
    }
    return benchmarks
  }

  /// An epoch of every network.
  func epochs() throws(InputError) -> [any Benchmark] {
    var benchmarks: [any Benchmark] = []
    for row in networks.rows(default: NetworkRow.table) {
      benchmarks.append(EpochBenchmark(network: row, dataset: try data.dataset(for: row)))
    }
    return benchmarks
  }
}
