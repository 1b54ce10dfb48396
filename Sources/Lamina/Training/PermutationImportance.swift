/// How much worse a network does when the values of an input are dealt out to other examples.
///
/// The importance of a group of inputs is the drop of the score: the score of the data set less that
/// with the rows of the group permuted, all other inputs staying in their places (Breiman, *Random
/// Forests*, 2001; scikit-learn's `permutation_importance`). Inputs of one column, such as those of a
/// nominal value, are one group and stay together.
public struct PermutationImportance: Sendable, Equatable {
  /// The name of the group.
  public let name: String
  /// The drop of the score by each permutation; NaN where a score is not defined.
  public let drops: [Double]

  /// The mean of the drops.
  public var mean: Double { drops.reduce(0, +) / Double(drops.count) }
  /// The standard deviation of the drops, with their number as the divisor, as in scikit-learn.
  public var deviation: Double {
    let mean = mean
    let squares = drops.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(drops.count)).squareRoot()
  }

  /// Inputs that are permuted together.
  public struct Group: Sendable, Equatable {
    /// The name, such as that of a column.
    public var name: String
    /// The places of the inputs.
    public var inputs: [Int]

    /// A group of inputs.
    public init(name: String, inputs: [Int]) { (self.name, self.inputs) = (name, inputs) }
  }

  /// The orders in which a group gets the rows of others: each shuffles the one before.
  ///
  /// - Parameters:
  ///   - count: The number of examples.
  ///   - group: The place of the group among all.
  ///   - repeats: The number of orders.
  ///   - seed: Decides, with the group, all orders.
  public static func orders(
    of count: Int, group: Int, repeats: Int, seed: UInt64
  ) -> [[Int]] {
    var generator = RandomStream.permutation(group: group).generator(seed)
    var order = Array(0..<count)
    return (0..<repeats).map { _ in
      generator.shuffle(&order)
      return order
    }
  }

  /// Measures the importance of each group by the most important score of the task
  /// (``TaskReport/headline``). A batch of inputs is copied at a time.
  ///
  /// - Parameters:
  ///   - groups: The groups of inputs.
  ///   - network: The network.
  ///   - dataset: The examples.
  ///   - score: The score of the data set as it is.
  ///   - thresholds: The thresholds of labels, or of the second of two classes.
  ///   - repeats: The number of permutations of each group.
  ///   - seed: Decides all permutations.
  ///   - shouldStop: Asked before each permutation; true ends the measurement.
  /// - Returns: One for each group, in their order; nil if it was stopped.
  public static func measure<B: Backend>(
    _ groups: [Group], of network: Network<B>, for dataset: Dataset, score: Double,
    thresholds: [Double] = [ThresholdSearch.usual], repeats: Int = 5, seed: UInt64 = 1,
    shouldStop: () -> Bool = { false }
  ) throws(BackendError) -> [PermutationImportance]? {
    let predictor = try Predictor(network)
    var results: [PermutationImportance] = []
    for (place, group) in groups.enumerated() {
      var drops: [Double] = []
      for order in orders(of: dataset.count, group: place, repeats: repeats, seed: seed) {
        if shouldStop() { return nil }
        var outputs: [Float] = []
        for first in stride(from: 0, to: dataset.count, by: predictor.rows) {
          let rows = first..<min(first + predictor.rows, dataset.count)
          outputs += try predictor.outputs(
            for: dataset.rows(rows, taking: group.inputs, from: order))
        }
        let report = TaskReport(
          outputs: outputs, of: network.description, for: dataset, thresholds: thresholds)
        drops.append(score - (report.headline.value ?? .nan))
      }
      results.append(PermutationImportance(name: group.name, drops: drops))
    }
    return results
  }
}

extension Dataset {
  /// Consecutive examples without their targets, with some inputs of other examples.
  ///
  /// - Parameters:
  ///   - rows: The examples.
  ///   - columns: The inputs that come from others.
  ///   - order: For each example of the whole set, the one that these inputs come from.
  fileprivate func rows(
    _ rows: Range<Int>, taking columns: [Int], from order: [Int]
  ) -> Dataset {
    func mixed<Number>(_ numbers: [Number]) -> [Number] {
      var block = Array(numbers[rows.lowerBound * features..<rows.upperBound * features])
      for (place, row) in rows.enumerated() {
        for column in columns {
          block[place * features + column] = numbers[order[row] * features + column]
        }
      }
      return block
    }
    let inputs: Inputs =
      switch inputs {
      case .bytes(let bytes): .bytes(mixed(bytes))
      case .floats(let floats): .floats(mixed(floats))
      case .doubles(let doubles): .doubles(mixed(doubles))
      }
    return Dataset(name: name, inputs: inputs, targets: .inputs, features: features)
  }
}
