/// Examples in the memory of the host, one a row.
public struct Dataset: Sendable {
  /// The inputs of all examples, row by row.
  public enum Inputs: Sendable {
    /// One byte a feature, as images are stored; scaled where a batch is gathered.
    case bytes([UInt8])
    /// One float a feature.
    case floats([Float])
  }

  /// What a network is to answer.
  public enum Targets: Sendable {
    /// The class of each example, in `0 ..< classNames.count`.
    case classes([Int32], classNames: [String])
    /// `columns` numbers an example, row by row.
    case values([Float], columns: Int)
  }

  /// Where the examples came from, for messages and logs.
  public let name: String
  /// The inputs, ``count`` rows of ``features`` columns.
  public let inputs: Inputs
  /// The targets, ``count`` rows.
  public let targets: Targets
  /// The number of inputs of an example.
  public let features: Int
  /// Height and width where an example is a picture, row by row.
  public let imageSize: ImageSize?

  /// The number of examples.
  public var count: Int {
    switch targets {
    case .classes(let labels, _): labels.count
    case .values(let values, let columns): values.count / columns
    }
  }

  /// The number of outputs that a network for these examples has.
  public var outputs: Int {
    switch targets {
    case .classes(_, let classNames): classNames.count
    case .values(_, let columns): columns
    }
  }

  /// Puts examples together.
  ///
  /// - Precondition: `inputs` has `features` numbers for each target, and labels are in range.
  ///   Readers of files check this first and throw.
  public init(
    name: String, inputs: Inputs, targets: Targets, features: Int, imageSize: ImageSize? = nil
  ) {
    self.name = name
    self.inputs = inputs
    self.targets = targets
    self.features = features
    self.imageSize = imageSize
    let numbers =
      switch inputs {
      case .bytes(let bytes): bytes.count
      case .floats(let floats): floats.count
      }
    precondition(
      features > 0 && numbers == count * features,
      "\(numbers) input numbers are not \(count) examples of \(features) features")
    if case .classes(let labels, let classNames) = targets {
      precondition(
        labels.allSatisfy { classNames.indices.contains(Int($0)) },
        "a label lies outside the \(classNames.count) classes")
    }
  }
}

/// Height and width of a picture, in pixels.
public struct ImageSize: Sendable, Hashable, Codable {
  /// Pixels from top to bottom.
  public let height: Int
  /// Pixels from left to right.
  public let width: Int

  /// A picture of `height` rows of `width` pixels.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }
}

/// The examples to train with and those to test with.
public struct DatasetSplit: Sendable {
  /// The examples that the network learns from.
  public let train: Dataset
  /// The examples that measure what it learned.
  public let test: Dataset

  /// Pairs two sets of the same shape.
  public init(train: Dataset, test: Dataset) {
    self.train = train
    self.test = test
  }
}
