import ArgumentParser
import Lamina
import LaminaData

/// How the examples of a cross-validation are divided.
struct FoldArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "The number of folds. Each is the test part of one training, which sees all others.")
  var folds = 5

  @Option(
    """
    The column of a table that names groups: all examples of one are in the same fold. It is no \
    input.
    """, value: "column", parsing: .unconditional) var groupColumn: String?

  @Option(
    parsing: .unconditional,
    help: "The number of divisions into folds. Several need --shuffle-folds.")
  var repeats = 1

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: """
      Shuffle the examples by --split-seed before they are divided. Without it, the folds are those \
      of scikit-learn for the order of the file.
      """) var shuffleFolds = false

  /// Refuses numbers with which nothing can be divided.
  func check() throws(InputError) {
    guard repeats >= 1 else { throw InputError("--repeats is \(repeats); it must be positive") }
    guard repeats == 1 || shuffleFolds else {
      throw InputError(
        "--repeats \(repeats) would measure the same folds again; add --shuffle-folds")
    }
    guard repeats == 1 || groupColumn == nil else {
      throw InputError(
        "--repeats has no effect with --group-column, whose folds follow from the groups; omit one")
    }
    guard !shuffleFolds || groupColumn == nil else {
      throw InputError(
        "--shuffle-folds has no effect with --group-column, whose folds follow from the groups; omit one"
      )
    }
  }

  /// The rows of each fold to train and to test with.
  ///
  /// - Parameters:
  ///   - data: The examples.
  ///   - division: The division among ``repeats``, from 0.
  ///   - isStratified: Whether each fold gets the same share of each class.
  ///   - seed: Decides the order of the examples, if they are shuffled.
  func rows(
    of data: UnsplitData, division: Int, isStratified: Bool, seed: UInt64
  ) throws -> [(train: [Int], test: [Int])] {
    if let groups = data.groups {
      let folds = try Folds(keeping: groups, count: folds)
      return (0..<folds.count).map { folds[$0] }
    }
    let order =
      shuffleFolds
      ? Folds.order(of: data.count, division: division, seed: seed) : Array(0..<data.count)
    let folds: Folds
    if isStratified, case .classes(let classes, _) = data.targets {
      folds = try Folds(stratifying: order.map { classes[$0] }, count: self.folds)
    } else {
      folds = try Folds(of: data.count, count: self.folds)
    }
    return (0..<folds.count).map { fold in
      let (train, test) = folds[fold]
      return (train.map { order[$0] }.sorted(), test.map { order[$0] }.sorted())
    }
  }
}
