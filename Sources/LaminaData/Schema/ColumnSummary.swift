import Lamina

/// What the training part of a table has in an input column, and what becomes of it.
public struct ColumnSummary: Sendable, Equatable {
  /// The numbers of a column.
  public struct Range: Sendable, Equatable {
    /// The least, the largest and the arithmetic mean of the values; dates as seconds since 1970.
    public let least, largest, mean: Double
  }

  /// The column.
  public let column: DataSchema.Column
  /// The number of rows of the training part, and of those without a value.
  public let rows, missing: Int
  /// The numbers of the rows that have a value; nil for categories.
  public let range: Range?
  /// The rows of each category, in the order of the categories.
  public let counts: [Int]

  /// - Parameters:
  ///   - column: The fitted column.
  ///   - cells: Its cells in the training part (``RowEncoder``).
  init(_ column: DataSchema.Column, _ cells: some Collection<Double>) {
    self.column = column
    rows = cells.count
    var (present, sum, least, largest) = (0, 0.0, Double.infinity, -Double.infinity)
    var counts: [Int] = []
    if case .categories(let categories) = column.content {
      counts = categories.values.map { _ in 0 }
    }
    for cell in cells where !cell.isNaN {
      present += 1
      (sum, least, largest) = (sum + cell, min(least, cell), max(largest, cell))
      if cell >= 0, Int(exactly: cell).map(counts.indices.contains) == true {
        counts[Int(cell)] += 1
      }
    }
    missing = rows - present
    if case .categories = column.content {
      range = nil
    } else {
      range =
        present == 0 ? nil : Range(least: least, largest: largest, mean: sum / Double(present))
    }
    self.counts = counts
  }

  /// What a row contributes to the network, such as `8 inputs, Private where missing`.
  public var becomes: String { column.becomes }
}

extension DataSchema.Column {
  /// What a row contributes to the network, such as `8 inputs, Private where missing`.
  public var becomes: String {
    var parts: [String] = []
    if let embedding {
      parts.append("an embedding of \(embedding.width)")
    } else {
      let count = ordinaryInputNames.count - (filling?.isFlagged == true ? 1 : 0)
      parts.append("\(count) \(count == 1 ? "input" : "inputs")")
    }
    if let filling {
      parts.append("\(text(ofCell: filling.value)) where missing")
      if filling.isFlagged { parts.append("1 input that tells so") }
    }
    return parts.joined(separator: ", ")
  }

  /// A cell as a person would write it.
  public func text(ofCell cell: Double) -> String {
    switch content {
    case .numbers: return NumberText.text(of: cell)
    case .truths: return cell == 0 ? "false" : cell == 1 ? "true" : NumberText.text(of: cell)
    case .categories(let categories):
      return categories.values.indices.contains(Int(cell)) ? categories.values[Int(cell)] : "other"
    case .dates(let dates):
      return DateText.text(ofSeconds: cell, hasTime: dates.hasTime)
    }
  }
}
