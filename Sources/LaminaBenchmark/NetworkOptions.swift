import ArgumentParser
import Lamina
import LaminaMeasurement

/// The options that select networks by the sizes of their layers.
struct NetworkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The sizes of the network's layers, inputs first. (default: a set of typical networks)",
      valueName: "sizes"),
    transform: Self.sizes)
  var network: [Int]?

  @Option(
    parsing: .unconditional,
    help: "Examples per step. (default: that of the typical network with these sizes, or 64)")
  var batchSize: Int?

  func validate() throws {
    try Self.check(batchSize: batchSize)
    try rows(default: NetworkRow.table).check()
  }

  /// The network that the options name, or `table`.
  func rows(default table: [NetworkRow]) -> [NetworkRow] {
    guard let network else {
      return table.map { NetworkRow(sizes: $0.sizes, batchSize: batchSize ?? $0.batchSize) }
    }
    let known = NetworkRow.table.first { $0.sizes == network }
    return [NetworkRow(sizes: network, batchSize: batchSize ?? known?.batchSize ?? 64)]
  }

  private static func sizes(_ text: String) throws -> [Int] {
    let sizes = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard sizes.count > 1, sizes.allSatisfy((1...1_000_000).contains) else {
      throw ValidationError(
        "give two or more sizes from 1 to 1000000, separated by commas, such as 784,128,64,10")
    }
    return sizes
  }
}

extension [NetworkRow] {
  /// Refuses networks that cannot be, and those too large for a benchmark.
  func check() throws {
    for row in self {
      try row.description.validate()
      try row.description.validate(batchSize: row.batchSize)
      try UpdateRule(row.optimizer).validate()
      if row.description.parameterCount > 1 << 30 {
        throw ValidationError("\(row.description.name) has more than a billion parameters")
      }
    }
  }
}

extension ParsableArguments {
  static func check(batchSize: Int?) throws {
    guard batchSize ?? 1 > 0, batchSize ?? 1 <= 1_000_000 else {
      throw ValidationError("--batch-size must be from 1 to 1000000")
    }
  }
}
