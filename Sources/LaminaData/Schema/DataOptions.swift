public import Lamina

/// Options for reading and splitting a data set. The key of each property in a file is its name
/// with dashes, such as `target-columns`; missing keys have the defaults.
public struct DataOptions: Sendable, Equatable {
  /// The task; nil detects it from the targets by the rules in `docs/data.md`.
  public var task: DataTask?
  /// The target columns of a table; nil takes the last one. For auto-encoding, nil means none, and
  /// named columns are left out of the inputs.
  public var targetColumns: [ColumnReference]?
  /// The columns of a table that are neither inputs nor targets.
  public var ignoredColumns: [ColumnReference]
  /// The column whose numbers multiply the losses of the examples; nil for none.
  public var weightColumn: ColumnReference?
  /// The column whose texts name the groups of a cross-validation; it is no input. Nil for none.
  public var groupColumn: ColumnReference?
  /// Whether the first row of a table is a header; nil detects it.
  public var header: Bool?
  /// The delimiter between the columns of a table; nil detects it.
  public var separator: ColumnSeparator?
  /// The encoding of text files; nil for UTF-8.
  public var encoding: TextEncoding?
  /// The decimal mark of numbers; nil detects it.
  public var decimal: DecimalMark?
  /// The thousands separator; nil for none.
  public var thousands: ThousandsMark?
  /// The treatment of a first column that counts or names the rows; nil detects such a column and
  /// leaves it out if it has no name of its own.
  public var indexColumn: IndexColumn?
  /// What takes the place of missing values in input columns; nil refuses them.
  public var missing: MissingValues?
  /// The columns that contain categories even if all their fields are numbers or dates.
  public var categoryColumns: [ColumnReference] = []
  /// The inputs that columns of dates become; nil for ``DateFeatures/Use/both``.
  public var dates: DateFeatures.Use?
  /// The order of the parts of dates; nil detects it.
  public var dateOrder: DateOrder?
  /// The number of categories of a column above which an embedding takes the place of one input per
  /// category; nil leaves it to those who read the data.
  public var embeddingAbove: Int?
  /// The width of embeddings; nil for half the number of categories, 50 at most.
  public var embeddingWidth: Int?
  /// The XML file that names the label columns of an ARFF file; nil takes the one in its folder.
  public var labelFile: String?
  /// The size to which every picture is resampled; nil leaves pictures as they are.
  public var resize: ImageSize?
  /// The path of the validation part, of the same kind as the data set's.
  public var validation: String?
  /// The path of the test part, of the same kind as the data set's.
  public var test: String?
  /// The share of the training examples that becomes the validation part, from 0 to below 1.
  public var validationShare: Double
  /// The share of all examples that becomes the test part if the data set has none, between 0 and
  /// 1, both excluded; nil for 0.2.
  public var testShare: Double?
  /// The seed of the random split into parts.
  public var splitSeed: UInt64
  /// Whether each part gets the same share of each class.
  public var stratify: Bool

  /// Creates options, with defaults for those that are left out.
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

  /// The target columns of a table: an empty list if there are to be none, nil for the last column.
  var targetsOfTable: [ColumnReference]? { targetColumns ?? (task == .autoEncoding ? [] : nil) }
}

extension DataOptions: Codable {
  /// The keys in a file.
  public enum CodingKeys: String, CodingKey, CaseIterable {
    case task, header, separator, encoding, decimal, thousands, missing, dates, resize, validation
    case test, stratify
    case categoryColumns = "category-columns"
    case dateOrder = "date-order"
    case embeddingAbove = "embedding-above"
    case embeddingWidth = "embedding-width"
    case targetColumns = "target-columns"
    case ignoredColumns = "ignored-columns"
    case weightColumn = "weight-column"
    case groupColumn = "group-column"
    case indexColumn = "index-column"
    case labelFile = "label-file"
    case validationShare = "validation-share"
    case testShare = "test-share"
    case splitSeed = "split-seed"
  }

  /// Decodes the keys that are present; the others have their defaults.
  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    func value<Value: Decodable>(_ key: CodingKeys) throws -> Value? {
      try keys.decodeIfPresent(Value.self, forKey: key)
    }
    let defaults = DataOptions()
    self.init(
      task: try value(.task), targetColumns: try value(.targetColumns),
      ignoredColumns: try value(.ignoredColumns) ?? defaults.ignoredColumns,
      weightColumn: try value(.weightColumn), header: try value(.header),
      separator: try value(.separator), encoding: try value(.encoding),
      decimal: try value(.decimal), thousands: try value(.thousands),
      indexColumn: try value(.indexColumn), labelFile: try value(.labelFile),
      resize: try value(.resize), validation: try value(.validation), test: try value(.test),
      validationShare: try value(.validationShare) ?? defaults.validationShare,
      testShare: try value(.testShare), splitSeed: try value(.splitSeed) ?? defaults.splitSeed,
      stratify: try value(.stratify) ?? defaults.stratify)
    groupColumn = try value(.groupColumn)
    missing = try value(.missing)
    categoryColumns = try value(.categoryColumns) ?? []
    dates = try value(.dates)
    dateOrder = try value(.dateOrder)
    embeddingAbove = try value(.embeddingAbove)
    embeddingWidth = try value(.embeddingWidth)
  }
}
