import Lamina

/// Which columns are embedded.
extension DataSource {
  /// The options with the bound of embeddings that is in force.
  func fittingOptions(_ found: FoundData) -> DataOptions {
    var options = options
    if options.embeddingAbove == nil, found.train.targets.task != .autoEncoding {
      options.embeddingAbove = embeddingBound
    }
    return options
  }

  /// Refuses options about embeddings that no data could follow.
  func checkEmbeddings() throws(DataError) {
    let given: [(DataOptions.CodingKeys, Int?, ClosedRange<Int>)] = [
      (.embeddingAbove, options.embeddingAbove, 0...1_000_000),
      (.embeddingWidth, options.embeddingWidth, 1...4096),
    ]
    for (key, number, range) in given {
      guard let number else { continue }
      if options.task == .autoEncoding {
        throw .source(
          path: path,
          .option(
            key: key.rawValue,
            reason:
              "an auto-encoder restores its inputs, and numbers of categories are no quantities"
          ))
      }
      guard range.contains(number) else {
        throw .source(
          path: path,
          .option(
            key: key.rawValue,
            reason: "it is \(number), but must be from \(range.lowerBound) to \(range.upperBound)"))
      }
    }
  }
}
