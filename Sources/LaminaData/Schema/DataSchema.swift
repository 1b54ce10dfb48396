/// The meaning of the inputs and outputs of a network, as named by its training data. Further data
/// are matched to it: columns by name, nominal values and classes by their text.
public struct DataSchema: Sendable, Hashable, Codable {
  /// The input columns, in the order of the network; empty for pictures and arrays, whose inputs
  /// have no names.
  public var columns: [Column]
  /// Whether a header or declarations named the columns. Otherwise names are numbers, and columns
  /// are matched by position.
  public var isNamed: Bool
  /// The names of the target columns.
  public var targets: [String]
  /// The task of the targets.
  public var task: DataTask
  /// The name of each output of the network: a class, a label or a number; empty for auto-encoding.
  public var outputs: [String]
  /// The number of training examples and a checksum of them, which identify the training set.
  public var digest: String

  /// The share of the examples that was split off for the test; nil if the data had a test part.
  public var testShare: Double?
  /// Whether the inputs were pixels, bytes from 0 to 255; nil if that is unknown.
  public var hasPixels: Bool?
  /// The decimal mark detected in text tables; nil for a point.
  public var decimal: DecimalMark?

  /// Creates a schema from its parts.
  public init(
    columns: [Column], isNamed: Bool, targets: [String], task: DataTask, outputs: [String],
    digest: String, testShare: Double? = nil, decimal: DecimalMark? = nil
  ) {
    self.columns = columns
    self.isNamed = isNamed
    self.targets = targets
    self.task = task
    self.outputs = outputs
    self.digest = digest
    self.testShare = testShare
    self.decimal = decimal
  }
}
