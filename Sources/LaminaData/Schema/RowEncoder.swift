/// Makes the inputs of an example from the cells of its columns.
///
/// A cell is the content of a field as a number: the number itself, 1 or 0 for true or false, the
/// index of a category, the seconds of a date since the start of 1970. NaN stands for a missing
/// value, -1 for an unknown category.
struct RowEncoder: Sendable {
  /// The cell of a category that the training data do not have.
  static let unknown = -1.0

  let columns: [DataSchema.Column]
  /// The columns whose index goes to an embedding.
  private let embedded: [Int]
  /// The number of inputs.
  let width: Int

  init(_ columns: [DataSchema.Column]) {
    self.columns = columns
    embedded = columns.indices.filter { columns[$0].embedding != nil }
    width = columns.inputNames.count
  }

  /// Whether the inputs are the cells.
  var isIdentity: Bool { columns.allSatisfy { $0.content == .numbers && $0.filling == nil } }

  /// Appends the inputs of a row.
  ///
  /// - Parameters:
  ///   - cells: A cell per column; only those with a ``DataSchema/Column/filling`` may be missing.
  ///   - inputs: The list of inputs.
  func append(_ cells: some RandomAccessCollection<Double>, to inputs: inout [Double]) {
    for (column, cell) in zip(columns, cells) {
      append(filled(cell, column), column, to: &inputs)
      if column.filling?.isFlagged == true { inputs.append(cell.isNaN ? 1 : 0) }
    }
    for index in embedded {
      let cell = cells[cells.index(cells.startIndex, offsetBy: index)]
      inputs.append(filled(cell, columns[index]))
    }
  }

  private func filled(_ cell: Double, _ column: DataSchema.Column) -> Double {
    cell.isNaN ? column.filling?.value ?? cell : cell
  }

  private func append(_ cell: Double, _ column: DataSchema.Column, to inputs: inout [Double]) {
    switch column.content {
    case .numbers, .truths: inputs.append(cell)
    case .dates(let dates): dates.append(cell, to: &inputs)
    case .categories(let categories):
      guard categories.embeddingWidth == nil else { return }
      let start = inputs.count
      inputs.append(contentsOf: repeatElement(0, count: categories.values.count))
      if cell >= 0 { inputs[start + Int(cell)] = 1 }
    }
  }
}
