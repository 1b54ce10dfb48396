import Lamina
import LaminaMeasurement
import LaminaText

/// The cases that the commands measure.
struct CaseTable {
  /// The networks that the options name; nil for those of the tables.
  let networks: NetworkOptions

  /// Every product of every layer, and a product of 1024 × 1024 × 1024.
  var matmul: [any Benchmark] {
    networks.rows(default: NetworkRow.table).flatMap(MatmulBenchmark.products)
      + [MatmulBenchmark.yardstick]
  }

  /// Every operation at the shapes of a small and a large network.
  var kernels: [any Benchmark] {
    networks.rows(default: NetworkRow.kernelTable).flatMap(KernelTable.benchmarks)
  }
}

extension [NetworkRow] {
  /// A training step of every network.
  ///
  /// - Parameter population: The networks that are trained at once.
  func steps(
    _ data: SyntheticDataOptions, population: Int = 1
  ) throws(InputError) -> [any Benchmark] {
    try benchmarks(data) { StepBenchmark(network: $0, dataset: $1, population: population) }
  }

  /// An epoch of every network.
  func epochs(_ data: SyntheticDataOptions) throws(InputError) -> [any Benchmark] {
    try benchmarks(data) { EpochBenchmark(network: $0, dataset: $1) }
  }

  /// The outputs of every network for a data set.
  ///
  /// - Parameter rows: The examples of a batch; nil for as many as suit the device.
  func inferences(
    _ data: SyntheticDataOptions, rows: Int?
  ) throws(InputError) -> [any Benchmark] {
    try benchmarks(data) { InferenceBenchmark(network: $0, dataset: $1, rows: rows) }
  }

  private func benchmarks(
    _ data: SyntheticDataOptions, _ benchmark: (NetworkRow, Dataset) -> any Benchmark
  ) throws(InputError) -> [any Benchmark] {
    var benchmarks: [any Benchmark] = []
    for row in self { benchmarks.append(benchmark(row, try data.dataset(for: row))) }
    return benchmarks
  }
}
