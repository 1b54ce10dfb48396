/// What the fields of a table's column contain.
public enum ColumnContent: Sendable, Hashable {
  /// Numbers, which are inputs as they are.
  case numbers
  /// Words for true and false, which become 1 and 0.
  case truths
  /// Texts, each of which stands for a category.
  case categories(Categories)
  /// Dates, perhaps with times.
  case dates(DateFeatures)

  /// The categories of a column.
  public struct Categories: Sendable, Hashable {
    /// The known values, in the order of their inputs.
    public var values: [String]
    /// Whether further values may occur, for which all inputs are 0. Columns that declare their
    /// values, as those of ARFF files do, have no others.
    public var isOpen: Bool
    /// The numbers that an embedding layer makes of the category; nil for one input per value.
    public var embeddingWidth: Int?

    /// Creates categories with one input each.
    public init(_ values: [String], isOpen: Bool, embeddingWidth: Int? = nil) {
      self.values = values
      self.isOpen = isOpen
      self.embeddingWidth = embeddingWidth
    }
  }

  /// The singular name of what a field contains, as tables and files show it.
  public var name: String {
    switch self {
    case .numbers: "number"
    case .truths: "boolean"
    case .categories: "category"
    case .dates: "date"
    }
  }
}
