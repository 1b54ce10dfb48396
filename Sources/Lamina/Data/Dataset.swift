/// Examples in the memory of the host, one a row.
public struct Dataset: Sendable, Equatable {
  /// The source of the examples, for messages and logs.
  public let name: String
  /// The inputs, ``count`` rows of ``features`` columns.
  public let inputs: Inputs
  /// The targets, ``count`` rows.
  public let targets: Targets
  /// A factor for the loss of each example, such as the weight of its class; nil for 1. Means are
  /// still divided by the number of examples, as in Keras.
  public var weights: [Float]?
  /// The number of inputs of an example.
  public let features: Int
  /// The names of the ``features`` inputs; empty if they are not known.
  public let featureNames: [String]
  /// Height and width where an example is a picture, row by row.
  public let imageSize: ImageSize?

  /// The features that methods of scaling leave as they are: indicators, sines and cosines, indices.
  public var unscaledFeatures: Set<Int> = []
  /// The columns of categories that a network embeds: the last features, whose numbers are those of
  /// the categories, or -1 for none of them.
  public var embeddedColumns: [EmbeddedColumn] = []

  /// The number of examples.
  public var count: Int { inputs.numberCount / features }

  /// The number of outputs that a network for these examples has.
  public var outputs: Int { if case .inputs = targets { features } else { targets.names.count } }

  /// Combines inputs and targets.
  ///
  /// - Precondition: Inputs and targets have the same number of examples, classes are in range, and
  ///   labels are 0 or 1. Readers of files check this first and throw.
  public init(
    name: String, inputs: Inputs, targets: Targets, features: Int, featureNames: [String] = [],
    imageSize: ImageSize? = nil
  ) {
    self.name = name
    self.inputs = inputs
    self.targets = targets
    self.features = features
    self.featureNames = featureNames
    self.imageSize = imageSize
    precondition(
      features > 0 && inputs.numberCount % features == 0,
      "\(inputs.numberCount) input numbers are not examples of \(features) features")
    precondition(featureNames.isEmpty || featureNames.count == features, "a name for each feature")
    let problem = targets.problem(count: count)
    precondition(problem == nil, problem ?? "")
  }

  /// The set of the examples `rows`, in this order.
  ///
  /// - Precondition: all are in `0 ..< count`.
  public func examples(_ rows: [Int]) -> Dataset {
    let chosen: Inputs =
      switch inputs {
      case .bytes(let bytes): .bytes(bytes.rows(rows, columns: features))
      case .floats(let floats): .floats(floats.rows(rows, columns: features))
      case .doubles(let doubles): .doubles(doubles.rows(rows, columns: features))
      }
    var examples = Dataset(
      name: name, inputs: chosen, targets: targets.rows(rows), features: features,
      featureNames: featureNames, imageSize: imageSize)
    examples.weights = weights.map { $0.rows(rows, columns: 1) }
    examples.unscaledFeatures = unscaledFeatures
    examples.embeddedColumns = embeddedColumns
    return examples
  }

  /// The same inputs with other targets.
  public func with(targets: Targets) -> Dataset {
    var dataset = Dataset(
      name: name, inputs: inputs, targets: targets, features: features,
      featureNames: featureNames, imageSize: imageSize)
    dataset.weights = weights
    dataset.unscaledFeatures = unscaledFeatures
    dataset.embeddedColumns = embeddedColumns
    return dataset
  }

  /// The same examples with other inputs, all of which can be scaled and none of which is
  /// embedded.
  ///
  /// - Precondition: There are `features` inputs for each example.
  public func with(inputs: Inputs, features: Int, featureNames: [String] = []) -> Dataset {
    var dataset = Dataset(
      name: name, inputs: inputs, targets: targets, features: features, featureNames: featureNames)
    dataset.weights = weights
    return dataset
  }
}

extension Dataset {
  /// The inputs of all examples, row by row.
  public enum Inputs: Sendable, Equatable {
    /// One byte per feature, as images are stored. Bytes are scaled when a batch is gathered.
    case bytes([UInt8])
    /// One float a feature.
    case floats([Float])
    /// One double per feature, as tables are read. A number such as a time in seconds keeps its
    /// digits until ``InputScaling`` subtracts its centre.
    case doubles([Double])

    /// The numbers of all examples together.
    var numberCount: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .floats(let floats): floats.count
      case .doubles(let doubles): doubles.count
      }
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
