/// The examples to train with and those to test with.
public struct DatasetSplit: Sendable {
  /// The examples that the network learns from.
  public var train: Dataset
  /// The examples that control the training itself, such as when to stop; nil for none.
  public var validation: Dataset?
  /// The examples that measure what the network learned.
  public var test: Dataset

  /// Puts sets of the same shape together.
  public init(train: Dataset, validation: Dataset? = nil, test: Dataset) {
    self.train = train
    self.validation = validation
    self.test = test
  }
}

extension Dataset {
  /// Takes out a share of the examples. Only `seed` decides which ones.
  ///
  /// The number of examples taken is `share · count`, rounded. If `isStratified`, each class gives
  /// the same share, rounded down or up. At least one example of each class stays in the rest,
  /// unless all examples are taken. Both parts keep the order of the examples.
  ///
  /// - Parameters:
  ///   - share: From 0 to 1.
  ///   - seed: Decides which examples are taken.
  ///   - isStratified: Takes the same share of each class.
  /// - Returns: The row numbers that stay and those that were taken out; either can be empty.
  public func partition(
    share: Double, seed: UInt64, isStratified: Bool = true
  ) -> (rest: [Int], taken: [Int]) {
    precondition((0...1).contains(share), "a share of \(share)")
    var generator = RandomStream.splitting.generator(seed)
    var order = Array(0..<count)
    generator.shuffle(&order)
    if isStratified, case .classes(let classes, let names) = targets {
      var members = [[Int]](repeating: [], count: names.count)
      for row in order { members[Int(classes[row])].append(row) }
      order = members.flatMap(\.self)
    }
    let wanted = Int((share * Double(count)).rounded())
    var isTaken = [Bool](repeating: false, count: count)
    // The examples are taken evenly along the order, in which classes are contiguous, so every
    // class gives its share. The random start decides about single examples of small classes.
    let start = count > 0 ? Int(generator.uniform(below: UInt32(count))) : 0
    for (place, row) in order.enumerated() {
      let (before, after) = (place * wanted + start, (place + 1) * wanted + start)
      isTaken[row] = after / count > before / count
    }
    if share < 1 { leaveOneOfEachClass(&isTaken) }
    return ((0..<count).filter { !isTaken[$0] }, (0..<count).filter { isTaken[$0] })
  }

  private func leaveOneOfEachClass(_ isTaken: inout [Bool]) {
    guard case .classes(let classes, let names) = targets else { return }
    var stays = [Bool](repeating: false, count: names.count)
    for row in isTaken.indices where !isTaken[row] { stays[Int(classes[row])] = true }
    for row in isTaken.indices where !stays[Int(classes[row])] {
      isTaken[row] = false
      stays[Int(classes[row])] = true
    }
  }
}
