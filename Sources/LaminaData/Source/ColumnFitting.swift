import Lamina

/// Decides from the rows of the training part what the columns of a table become.
struct ColumnFitting {
  /// The most categories that become one input each.
  private static let mostInputs = 4096
  /// The widest embedding that is chosen without an option.
  private static let widestEmbedding = 50

  private let columns: [DataSchema.Column]
  private let hasCells: Bool
  private let options: DataOptions

  init(_ found: FoundData, _ options: DataOptions) {
    (columns, hasCells, self.options) = (found.columns, found.hasCells, options)
  }

  /// The columns with their categories and what replaces missing values.
  ///
  /// - Parameter train: The cells of the training part.
  func columns(fittingRows train: Dataset) throws(TableProblem) -> [DataSchema.Column] {
    guard hasCells, case .doubles(let cells) = train.inputs else { return columns }
    var fitted: [DataSchema.Column] = []
    var empty: [String] = []
    for (index, column) in columns.enumerated() {
      guard options.missing != nil || column.content != .numbers else {
        fitted.append(column)
        continue
      }
      let cells = stride(from: index, to: cells.count, by: columns.count).map { cells[$0] }
      let present = cells.filter { !$0.isNaN }
      if present.isEmpty { empty.append(column.name) }
      fitted.append(try self.fitted(column, present, isIncomplete: present.count < cells.count))
    }
    guard empty.isEmpty else { throw .noValues(columns: empty) }
    return fitted
  }

  private func fitted(
    _ column: DataSchema.Column, _ present: [Double], isIncomplete: Bool
  ) throws(TableProblem) -> DataSchema.Column {
    var (column, cells) = (column, present)
    if case .categories(let known) = column.content, known.isOpen {
      let (categories, places) = categories(of: known.values, present)
      column.content = .categories(try embedded(categories, name: column.name))
      cells = present.map { places[Int($0)] }
    }
    if let missing = options.missing, !cells.isEmpty {
      column.filling = .init(
        value: filling(of: column.content, cells), isFlagged: missing == .flag && isIncomplete)
    }
    return column
  }

  /// The categories of the training part in ascending order, and the place of each known one among
  /// them; ``RowEncoder/unknown`` for others.
  private func categories(
    of known: [String], _ cells: [Double]
  ) -> (ColumnContent.Categories, places: [Double]) {
    var isThere = [Bool](repeating: false, count: known.count)
    for cell in cells { isThere[Int(cell)] = true }
    let order = Self.sorted(known.indices.filter { isThere[$0] }, of: known)
    var places = [Double](repeating: RowEncoder.unknown, count: known.count)
    for (place, index) in order.enumerated() { places[index] = Double(place) }
    return (.init(order.map { known[$0] }, isOpen: true), places)
  }

  /// Numbers in ascending order, other texts by their Unicode scalars, as in numpy.
  private static func sorted(_ indices: [Int], of texts: [String]) -> [Int] {
    let numbers = indices.map { NumberText.double(Array(texts[$0].utf8)) }
    let order = indices.indices.sorted { first, second in
      if !numbers.contains(nil), let one = numbers[first], let two = numbers[second], one != two {
        return one < two
      }
      return String.isInOrder(texts[indices[first]], texts[indices[second]])
    }
    return order.map { indices[$0] }
  }

  private func embedded(
    _ categories: ColumnContent.Categories, name: String
  ) throws(TableProblem) -> ColumnContent.Categories {
    var categories = categories
    let count = categories.values.count
    if let bound = options.embeddingAbove, count > bound {
      categories.embeddingWidth =
        options.embeddingWidth ?? min(Self.widestEmbedding, (count + 1) / 2)
    } else if count > Self.mostInputs {
      throw .manyCategories(column: name, count: count, most: Self.mostInputs)
    }
    return categories
  }

  /// The median, or the most frequent value; of several, the smallest. These are the rules of
  /// scikit-learn's `SimpleImputer`.
  private func filling(of content: ColumnContent, _ cells: [Double]) -> Double {
    switch content {
    case .numbers, .dates:
      let sorted = cells.sorted()
      let middle = sorted.count / 2
      return sorted.count.isMultiple(of: 2)
        ? sorted[middle - 1] / 2 + sorted[middle] / 2 : sorted[middle]
    case .truths, .categories:
      var counts: [Double: Int] = [:]
      for cell in cells { counts[cell, default: 0] += 1 }
      let most = counts.values.max() ?? 0
      return counts.filter { $0.value == most }.keys.min() ?? 0
    }
  }
}
