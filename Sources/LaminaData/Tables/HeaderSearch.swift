/// Detects where a text table names its columns.
struct HeaderSearch {
  /// The place of the column names.
  enum Header {
    case none
    case firstRow
    /// The last comment before the rows.
    case comment
  }

  /// The first rows, at least one, with the header if there is one.
  let sample: [[DelimitedText.Field]]
  /// The text that their fields are ranges of.
  let text: DelimitedText
  /// The columns that the table should have, if they are known.
  let schema: DataSchema?
  /// The fields of the last comment before the rows.
  let comment: [String]?

  /// The place of the column names.
  ///
  /// - Parameter isWanted: Whether the first row is a header; nil detects it.
  func header(_ isWanted: Bool?) -> Header {
    if let isWanted { return isWanted ? .firstRow : .none }
    if isFirstRow { return .firstRow }
    return isComment ? .comment : .none
  }

  /// Whether the first row is a header: it has text where a row below it has a number or a truth
  /// value, or it has a name of the schema.
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
      // A row with one more field starts with the name of the row.
      let fields = row.count == first.count + 1 && !endsEmpty(row) ? row[1...] : row[...]
      return zip(first, fields).contains { name, value in
        isText(name) && !isTruth(name) && (isNumber(value) || isTruth(value))
      }
    }
  }

  /// Whether the comment names the columns: it has as many texts as the first row has fields.
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

  /// The decisions to report about `header`, if another reading is plausible.
  func decisions(_ header: Header, _ options: DataOptions) -> [DataDecision] {
    guard options.header == nil else { return [] }
    switch header {
    case .firstRow: return []
    case .comment:
      return [
        DataDecision(
          subject: "header",
          text: "the comment before the table names the columns: \(listed(comment ?? []))",
          remedy: "--no-header overrides this")
      ]
    case .none:
      guard mayBeHeader else { return [] }
      return [
        DataDecision(
          subject: "header",
          text: "the first row is data: none of its fields is text above a number",
          remedy: "--header overrides this")
      ]
    }
  }

  /// Whether the first row could be a header: it has text, or consecutive whole numbers, such as
  /// years.
  private var mayBeHeader: Bool {
    if sample[0].contains(where: isText) { return true }
    let numbers = sample[0].map { NumberText.integer(text.text($0)) }
    return numbers.count > 1 && !numbers.contains(nil)
      && zip(numbers, numbers.dropFirst()).allSatisfy { ($0 ?? 0) + 1 == $1 }
  }
}
