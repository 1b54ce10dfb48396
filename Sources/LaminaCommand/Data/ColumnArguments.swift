import ArgumentParser
import LaminaData

/// What the input columns of a table become.
struct ColumnArguments: ParsableArguments {
  @Option(
    """
    What takes the place of missing values: impute (the median, or the most frequent value) or \
    flag (the same, and an input that tells where it was missing). (default: rows without a value \
    are refused)
    """, value: "name") var missing: MissingValues?

  @Option(
    "The columns that contain categories though their fields are numbers or dates.",
    value: "columns", parsing: .unconditional) var categoryColumns: ColumnList?

  @Option(
    """
    The inputs that dates become: linear (days since 1970), cyclic (sine and cosine of the place \
    in year, week and day), both or category. (default: both)
    """, value: "name") var dates: DateFeatures.Use?

  @Option(
    "The order of the parts of dates: year_first, day_first or month_first. (default: detected)",
    value: "name") var dateOrder: DateOrder?

  @Option(
    parsing: .unconditional,
    help: """
      The number of categories of a column above which the network learns an embedding for it. \
      (default: 64)
      """) var embeddingAbove: Int?

  @Option(
    parsing: .unconditional,
    help: "The width of embeddings. (default: half the number of categories, at most 50)")
  var embeddingWidth: Int?

  /// Sets the values in `options`.
  func apply(to options: inout DataOptions) {
    options.missing = missing
    options.categoryColumns = categoryColumns?.columns ?? []
    options.dates = dates
    options.dateOrder = dateOrder
    options.embeddingAbove = embeddingAbove
    options.embeddingWidth = embeddingWidth
  }
}
