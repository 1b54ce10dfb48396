/// A column of category numbers, each of which stands for a row of a table.
public struct EmbeddedColumn: Sendable, Hashable, Codable {
  /// The number of categories, which is that of the rows of the table.
  public var categories: Int
  /// The number of numbers that stand for a category.
  public var width: Int

  /// Describes a table of `categories` rows and `width` columns.
  public init(categories: Int, width: Int) {
    self.categories = categories
    self.width = width
  }

  /// Such as `200×8`.
  var name: String { "\(categories)×\(width)" }
}
