/// Finds out what names the columns of a text table.
struct HeaderSearch {
  /// What names the columns.
  enum Header {
    case none
    case firstRow
    /// The last comment before the rows.
    case comment
  }

  private let sample: [[DelimitedText.Field]]
  private let text: DelimitedText
  private let schema: DataSchema?
  private let comment: [String]?

  /// - Parameters:
  ///   - sample: The first rows, at least one, with the header if there is one.
  ///   - text: What they were cut from.
  ///   - schema: What the columns should be, if that is known.
  ///   - comment: The fields of the last comment before the rows.
  init(
    _ sample: [[DelimitedText.Field]], text: DelimitedText, schema: DataSchema?,
    comment: [String]?
  ) {
    self.sample = sample
    self.text = text
    self.schema = schema
    self.comment = comment
  }

  /// What names the columns where `isWanted` says whether the first row does, or does not say it.
  func header(_ isWanted: Bool?) -> Header {
    if let isWanted { return isWanted ? .firstRow : .none }
    if isFirstRow { return .firstRow }
    return isComment ? .comment : .none
  }

  /// A header has text where a row below it has a number or a truth, or names of the schema.
  private var isFirstRow: Bool {
    let (first, others) = (sample[0], sample.dropFirst())
    if let schema, schema.isNamed {
      let names = Set(schema.columns.map { ExactText($0.name) })
      if first.contains(where: { names.contains(ExactText(text.text($0))) && isText($0) }) {
        return true
      }
    }
    guard !others.isEmpty else { return first.allSatisfy { text.number($0) == nil } }
    return others.contains { row in
      // A row that is longer by one has a name before its fields.
      let fields = row.count == first.count + 1 && !endsEmpty(row) ? row[1...] : row[...]
      return zip(first, fields).contains { name, value in
        isText(name) && !isTruth(name) && (isNumber(value) || isTruth(value))
      }
    }
  }

  /// A comment names the columns where it has as many texts as the first row has fields.
  private var isComment: Bool {
    guard let comment, comment.count == sample[0].count else { return false }
    return comment.allSatisfy {
      !$0.isEmpty && NumberText.double(Array($0.utf8)) == nil
    }
  }

  private func isText(_ field: DelimitedText.Field) -> Bool {
    !isNumber(field) && !text.isMissingNumber(field)
  }

  private func isTruth(_ field: DelimitedText.Field) -> Bool {
    TruthWord.value(of: text.text(field)) != nil
  }

  private func isNumber(_ field: DelimitedText.Field) -> Bool {
    text.number(field) != nil || NumberText.explanation(of: text.text(field)) != nil
  }

  private func endsEmpty(_ row: [DelimitedText.Field]) -> Bool {
    row.last.map { text.text($0).isEmpty } ?? false
  }

  /// What to tell of `header`, where another reading is near.
  func decisions(_ header: Header, _ options: DataOptions) -> [DataDecision] {
    guard options.header == nil else { return [] }
    switch header {
    case .firstRow: return []
    case .comment:
      return [
        DataDecision(
          "header", "the comment before the table names the columns: \(listed(comment ?? []))",
          remedy: "--no-header says otherwise")
      ]
    case .none:
      guard mayBeHeader else { return [] }
      return [
        DataDecision(
          "header",
          "the first row is data: no field of it is text where a row below has a number",
          remedy: "--header says otherwise")
      ]
    }
  }

  /// Whether the first row could name columns: it has text, or whole numbers that ascend, such as
  /// years.
  private var mayBeHeader: Bool {
    if sample[0].contains(where: isText) { return true }
    let numbers = sample[0].map { NumberText.integer(text.text($0)) }
    return numbers.count > 1 && !numbers.contains(nil)
      && zip(numbers, numbers.dropFirst()).allSatisfy { ($0 ?? 0) + 1 == $1 }
  }
}
