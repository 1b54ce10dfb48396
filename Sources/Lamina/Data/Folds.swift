/// The folds of a cross-validation: each example is tested in one of them, and trained with in the
/// others.
///
/// Without shuffling, the folds are those of scikit-learn's `KFold`, `StratifiedKFold` and
/// `GroupKFold` for the same order of examples.
public struct Folds: Sendable, Equatable {
  /// The fold in which each example is tested, from 0.
  public let foldOfExample: [Int]
  /// The number of folds.
  public let count: Int

  private init(_ foldOfExample: [Int], count: Int) {
    (self.foldOfExample, self.count) = (foldOfExample, count)
  }

  /// Consecutive examples in each fold; the first folds have one more where the numbers do not
  /// divide (`KFold`).
  public init(of examples: Int, count: Int) throws(NetworkError) {
    try Self.check(count, most: examples, "examples")
    let (size, rest) = examples.quotientAndRemainder(dividingBy: count)
    self.init(
      (0..<count).flatMap { fold in
        [Int](repeating: fold, count: size + (fold < rest ? 1 : 0))
      }, count: count)
  }

  /// The same share of each class in each fold (`StratifiedKFold`). A class with fewer examples than
  /// folds is missing in some.
  ///
  /// - Throws: `NetworkError` if every class has fewer examples than there are folds.
  public init(stratifying classes: [Int32], count: Int) throws(NetworkError) {
    try Self.check(count, most: classes.count, "examples")
    // Classes are numbered in the order in which they appear.
    var numbers: [Int32: Int] = [:]
    let encoded = classes.map { label in
      if let known = numbers[label] { return known }
      let number = numbers.count
      numbers[label] = number
      return number
    }
    var sizes = [Int](repeating: 0, count: numbers.count)
    for number in encoded { sizes[number] += 1 }
    try Self.check(count, most: sizes.max() ?? 0, "examples of the largest class")
    // Dealing out the sorted classes tells how many of each a fold gets.
    let sorted = encoded.sorted()
    var dealt = sizes.map { _ in [Int](repeating: 0, count: count) }
    for (place, number) in sorted.enumerated() { dealt[number][place % count] += 1 }
    var next = sizes.map { _ in 0 }
    let folds = encoded.map { number in
      while dealt[number][next[number]] == 0 { next[number] += 1 }
      dealt[number][next[number]] -= 1
      return next[number]
    }
    self.init(folds, count: count)
  }

  /// All examples of a group in one fold (`GroupKFold`): from the largest group to the smallest, each
  /// goes to the fold with the fewest examples. Of groups of one size, the last comes first.
  ///
  /// - Parameters:
  ///   - groups: The group of each example: consecutive numbers from 0, in the order of their names.
  ///   - count: The number of folds.
  public init(keeping groups: [Int], count: Int) throws(NetworkError) {
    var sizes = [Int](repeating: 0, count: (groups.max() ?? -1) + 1)
    for group in groups { sizes[group] += 1 }
    try Self.check(count, most: sizes.count, "groups")
    let order = sizes.indices.sorted { (sizes[$0], $0) > (sizes[$1], $1) }
    var (loads, folds) = (
      [Int](repeating: 0, count: count), [Int](repeating: 0, count: sizes.count)
    )
    for group in order {
      let lightest = loads.indices.min { (loads[$0], $0) < (loads[$1], $1) } ?? 0
      loads[lightest] += sizes[group]
      folds[group] = lightest
    }
    self.init(groups.map { folds[$0] }, count: count)
  }

  /// An order of the examples in which they can be divided.
  ///
  /// - Parameters:
  ///   - count: The number of examples.
  ///   - division: The number of the division, each of which has an order of its own.
  ///   - seed: Decides all orders.
  public static func order(of count: Int, division: Int, seed: UInt64) -> [Int] {
    var generator = RandomStream.folds(division: division).generator(seed)
    var order = Array(0..<count)
    generator.shuffle(&order)
    return order
  }

  /// The rows to train with and to test with, both in the order of the examples.
  public subscript(fold: Int) -> (train: [Int], test: [Int]) {
    let rows = foldOfExample.indices
    return (
      rows.filter { foldOfExample[$0] != fold }, rows.filter { foldOfExample[$0] == fold }
    )
  }

  private static func check(_ count: Int, most: Int, _ what: String) throws(NetworkError) {
    guard count >= 2, count <= most else {
      throw .invalid(
        "the number of folds", value: "\(count)", wanted: "from 2 to \(most), the number of \(what)"
      )
    }
  }
}
