package import Lamina
package import LaminaData
import LaminaMeasurement

/// The data sets that a job can name: those of `lamina train`, and random bytes.
package enum JobData {
  /// The name of random bytes, for measuring only speed. They fit any network, and 20 % are not
  /// zero.
  package static let synthetic = "synthetic"

  /// The random examples to test with.
  private static let testCount = 1000

  /// The built-in digits without options. A process generates them once, because many cases may
  /// name them.
  private static let drawnDigits = DatasetSplit.digits(seed: 1)

  /// Reads or generates a data set.
  ///
  /// - Parameters:
  ///   - inputs: The features of random bytes, which have the shape of the network.
  ///   - outputs: The number of classes of random bytes.
  package static func load(
    _ name: String, _ options: DataOptions, inputs: Int, outputs: Int
  ) throws(DataError) -> DatasetSplit {
    if name == DataSource.digits, options == DataOptions() { return drawnDigits }
    guard name == synthetic else { return try DataSource(name, options: options).load() }
    let row = NetworkRow(sizes: [inputs, outputs], batchSize: 1)
    return DatasetSplit(
      train: SyntheticData.dataset(for: row, count: SyntheticData.defaultCount(row)),
      test: SyntheticData.dataset(for: row, count: testCount))
  }

  /// Zeros in the shape of the random bytes, which are enough to check a training quickly.
  static func blank(inputs: Int, outputs: Int) -> DatasetSplit {
    let count = SyntheticData.defaultCount(NetworkRow(sizes: [inputs, outputs], batchSize: 1))
    let data = Dataset(
      name: synthetic, inputs: .bytes([UInt8](repeating: 0, count: count * inputs)),
      targets: .classes(
        (0..<count).map { Int32($0 % outputs) }, classNames: (0..<outputs).map { "\($0)" }),
      features: inputs)
    return DatasetSplit(train: data, test: data)
  }
}
