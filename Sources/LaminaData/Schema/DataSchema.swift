/// What the inputs and outputs of a network stand for, as the data set that it was trained with
/// named them. Further data are read by it: columns are matched by name, values of nominal columns
/// and classes by their texts.
public struct DataSchema: Sendable, Hashable, Codable {
  /// A column of a table that becomes one input or more.
  public struct Column: Sendable, Hashable, Codable {
    /// Its name in the header; its number where there is none.
    public var name: String
    /// The values of a nominal column, each of which is an input, in this order; nil for numbers.
    public var values: [String]?

    /// A column of numbers, or of these values.
    public init(name: String, values: [String]? = nil) {
      self.name = name
      self.values = values
    }

    /// The names of its inputs: `colour=red` for a value.
    public var inputNames: [String] { values.map { $0.map { "\(name)=\($0)" } } ?? [name] }
  }

  /// The columns that are inputs, in the order of the network; empty for pictures and arrays, whose
  /// inputs have no names.
  public var columns: [Column]
  /// Whether a header or declarations named the columns; else names are numbers, and columns are
  /// matched by their places.
  public var isNamed: Bool
  /// The names of the target columns.
  public var targets: [String]
  /// What the targets are for.
  public var task: DataTask
  /// What each output of the network stands for: classes, labels or numbers; empty for
  /// auto-encoding.
  public var outputs: [String]
  /// Tells the examples of the training from others: their number and a checksum of what they are.
  public var digest: String

  /// The share of the examples that the training left for its test; nil where it had a test part of
  /// its own.
  public var testShare: Double?
  /// Whether the inputs were pixels, bytes from 0 to 255; nil where that is not known.
  public var hasPixels: Bool?
  /// The decimal mark of the numbers in text tables, where it was found to be no point.
  public var decimal: DecimalMark?

  /// Puts a schema together.
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
