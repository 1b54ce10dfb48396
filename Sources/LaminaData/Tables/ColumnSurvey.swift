/// Finds out what the input columns of a table contain, from all of its rows.
struct ColumnSurvey {
  private var columns: [SurveyedColumn]

  /// - Parameters:
  ///   - columns: The index and the name of each column.
  ///   - categories: The indices of columns whose fields are categories whatever they contain.
  ///   - options: The options about dates.
  ///   - format: The notation of numbers.
  init(
    _ columns: [(index: Int, name: String)], categories: Set<Int>, _ options: DataOptions,
    _ format: NumberFormat = .plain
  ) {
    self.columns = columns.map { index, name in
      SurveyedColumn(
        index: index, name: name, isCategory: categories.contains(index), dates: options.dates,
        order: options.dateOrder, format: format)
    }
  }

  /// Takes the fields of a row.
  mutating func take(_ fields: [DelimitedText.Field], _ text: DelimitedText) {
    for index in columns.indices where columns[index].index < fields.count {
      columns[index].take(fields[columns[index].index], text)
    }
  }

  /// The content of each column.
  func contents() throws(TableProblem) -> [ColumnContent] {
    var (contents, freeTexts, empty): ([ColumnContent], [TableProblem.FreeText], [String]) =
      ([], [], [])
    for column in columns {
      if column.isEmpty { empty.append(column.name) }
      if let text = column.freeText { freeTexts.append(text) }
      contents.append(try column.content())
    }
    if !empty.isEmpty { throw .noValues(columns: empty) }
    if !freeTexts.isEmpty { throw .freeTexts(columns: freeTexts) }
    return contents
  }
}

extension DataOptions {
  /// The indices of the columns of categories, which must be inputs.
  ///
  /// - Parameters:
  ///   - names: The names of all columns.
  ///   - inputs: The indices of the input columns.
  func categoryPlaces(_ names: [String], inputs: [Int]) throws(TableProblem) -> Set<Int> {
    var places: Set<Int> = []
    for reference in categoryColumns {
      let index = try ColumnRoles.index(of: reference, in: names)
      guard inputs.contains(index) else { throw .notAnInput(column: index + 1, name: names[index]) }
      places.insert(index)
    }
    return places
  }
}
