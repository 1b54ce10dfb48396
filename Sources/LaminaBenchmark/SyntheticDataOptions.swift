import ArgumentParser
import Lamina
import LaminaMeasurement

/// The options of the synthetic data set.
struct SyntheticDataOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Examples in the data set. (default: 60000, or fewer for more than 784 inputs)")
  var dataCount: Int?

  func validate() throws {
    guard dataCount ?? 1 > 0, dataCount ?? 1 <= 100_000_000 else {
      throw ValidationError("--data-count must be from 1 to 100000000")
    }
  }

  func dataset(for row: NetworkRow) throws(InputError) -> Dataset {
    let count = dataCount ?? SyntheticData.defaultCount(row)
    guard count >= row.batchSize else {
      throw InputError("a data set of \(count) examples has no batch of \(row.batchSize)")
    }
    guard count * row.inputByteCount <= 1 << 34 else {
      throw InputError("\(count) examples of \(row.inputByteCount) bytes are more than 16 GiB")
    }
    return SyntheticData.dataset(for: row, count: count)
  }
}
