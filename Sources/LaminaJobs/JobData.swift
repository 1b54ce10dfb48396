package import Lamina
package import LaminaData
import LaminaMeasurement

/// The data sets that a job can name.
package enum JobData {
  /// The built-in digits.
  package static let digits = "digits"
  /// Random bytes, of which 20 % are not zero, in any shape: for speed alone.
  package static let synthetic = "synthetic"

  /// Drawn once in a process.
  private static let drawnDigits = DatasetSplit.digits(seed: 1)

  /// Reads, draws or makes a data set for a network of the given sizes.
  package static func load(_ name: String, sizes: [Int]) throws(DataError) -> DatasetSplit {
    switch name {
    case digits: return drawnDigits
    case synthetic:
      let row = NetworkRow(sizes: sizes, batchSize: 1)
      let data = SyntheticData.dataset(for: row, count: SyntheticData.defaultCount(row))
      return DatasetSplit(
        train: data, test: SyntheticData.dataset(for: row, count: Evaluation.rows))
    default: return try DatasetSplit(folder: name)
    }
  }
}
