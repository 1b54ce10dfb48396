public import Lamina

/// How a data set is read and divided: everything but its path. Each property's key in a file is its
/// name with dashes, such as `target-columns`; keys that are left out have the defaults.
public struct DataOptions: Sendable, Equatable {
  /// What is to be learned; nil lets the targets decide, as `docs/data.md` says.
  public var task: DataTask?
  /// The columns of a table that are targets; nil takes the last one. A table for auto-encoding has
  /// none unless they are named; those named are then left out of the inputs.
  public var targetColumns: [ColumnReference]?
  /// The columns of a table that are neither inputs nor targets.
  public var ignoredColumns: [ColumnReference]
  /// The column of a table whose numbers multiply the losses of the examples; nil for none.
  public var weightColumn: ColumnReference?
  /// Whether the first row of a table names its columns; nil finds out.
  public var header: Bool?
  /// What stands between the columns of a table; nil finds out.
  public var separator: ColumnSeparator?
  /// The encoding of text files; nil for UTF-8.
  public var encoding: TextEncoding?
  /// The mark between the whole part of numbers and their fraction; nil finds out.
  public var decimal: DecimalMark?
  /// The mark between thousands; nil for none.
  public var thousands: ThousandsMark?
  /// What becomes of a first column that counts or names the rows; nil finds out whether it does,
  /// and leaves it out where it has no other name.
  public var indexColumn: IndexColumn?
  /// The XML file that names the label columns of ARFF files; nil takes the one beside them.
  public var labelFile: String?
  /// The size that every picture is resampled to; nil leaves pictures as they are.
  public var resize: ImageSize?
  /// The path of the validation part, of the same kind as the data set's.
  public var validation: String?
  /// The path of the test part, of the same kind as the data set's.
  public var test: String?
  /// The share of the training examples that becomes the validation part, from 0 to below 1.
  public var validationShare: Double
  /// The share of all examples that becomes the test part where the data set has none; nil for
  /// 0.2. From above 0 to below 1.
  public var testShare: Double?
  /// Decides which examples go to which part.
  public var splitSeed: UInt64
  /// Whether each part gets the same share of each class.
  public var stratify: Bool

  /// The defaults.
  public init(
    task: DataTask? = nil, targetColumns: [ColumnReference]? = nil,
    ignoredColumns: [ColumnReference] = [], weightColumn: ColumnReference? = nil,
    header: Bool? = nil, separator: ColumnSeparator? = nil, encoding: TextEncoding? = nil,
    decimal: DecimalMark? = nil, thousands: ThousandsMark? = nil, indexColumn: IndexColumn? = nil,
    labelFile: String? = nil, resize: ImageSize? = nil, validation: String? = nil,
    test: String? = nil, validationShare: Double = 0, testShare: Double? = nil,
    splitSeed: UInt64 = 1, stratify: Bool = true
  ) {
    self.task = task
    self.targetColumns = targetColumns
    self.ignoredColumns = ignoredColumns
    self.weightColumn = weightColumn
    self.header = header
    self.separator = separator
    self.encoding = encoding
    self.decimal = decimal
    self.thousands = thousands
    self.indexColumn = indexColumn
    self.labelFile = labelFile
    self.resize = resize
    self.validation = validation
    self.test = test
    self.validationShare = validationShare
    self.testShare = testShare
    self.splitSeed = splitSeed
    self.stratify = stratify
  }

  /// The target columns of a table: an empty list where there are to be none.
  var targetsOfTable: [ColumnReference]? {
    targetColumns ?? (task == .autoEncoding ? [] : nil)
  }
}

extension DataOptions: Codable {
  /// The keys in a file.
  public enum CodingKeys: String, CodingKey, CaseIterable {
    case task, header, separator, encoding, decimal, thousands, resize, validation, test, stratify
    case targetColumns = "target-columns"
    case ignoredColumns = "ignored-columns"
    case weightColumn = "weight-column"
    case indexColumn = "index-column"
    case labelFile = "label-file"
    case validationShare = "validation-share"
    case testShare = "test-share"
    case splitSeed = "split-seed"
  }

  /// Reads the keys that are there; the others have their defaults.
  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    let defaults = DataOptions()
    self.init(
      task: try keys.decodeIfPresent(DataTask.self, forKey: .task),
      targetColumns: try keys.decodeIfPresent([ColumnReference].self, forKey: .targetColumns),
      ignoredColumns: try keys.decodeIfPresent([ColumnReference].self, forKey: .ignoredColumns)
        ?? defaults.ignoredColumns,
      weightColumn: try keys.decodeIfPresent(ColumnReference.self, forKey: .weightColumn),
      header: try keys.decodeIfPresent(Bool.self, forKey: .header),
      separator: try keys.decodeIfPresent(ColumnSeparator.self, forKey: .separator),
      encoding: try keys.decodeIfPresent(TextEncoding.self, forKey: .encoding),
      decimal: try keys.decodeIfPresent(DecimalMark.self, forKey: .decimal),
      thousands: try keys.decodeIfPresent(ThousandsMark.self, forKey: .thousands),
      indexColumn: try keys.decodeIfPresent(IndexColumn.self, forKey: .indexColumn),
      labelFile: try keys.decodeIfPresent(String.self, forKey: .labelFile),
      resize: try keys.decodeIfPresent(ImageSize.self, forKey: .resize),
      validation: try keys.decodeIfPresent(String.self, forKey: .validation),
      test: try keys.decodeIfPresent(String.self, forKey: .test),
      validationShare: try keys.decodeIfPresent(Double.self, forKey: .validationShare)
        ?? defaults.validationShare,
      testShare: try keys.decodeIfPresent(Double.self, forKey: .testShare),
      splitSeed: try keys.decodeIfPresent(UInt64.self, forKey: .splitSeed) ?? defaults.splitSeed,
      stratify: try keys.decodeIfPresent(Bool.self, forKey: .stratify) ?? defaults.stratify)
  }
}
