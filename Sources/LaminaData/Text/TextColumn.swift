/// The texts of a column, one per row, in memory that does not grow with their number alone.
public struct TextColumn: Sendable, Equatable {
  /// The UTF-8 of all texts, one after the other.
  public private(set) var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// Creates a column without rows.
  public init() {}

  /// Creates a column of these texts.
  public init(_ texts: [String]) {
    for text in texts { append(text.utf8) }
  }

  /// The number of rows.
  public var count: Int { ends.count }

  /// The range of a row in ``bytes``.
  public func range(of row: Int) -> Range<Int> { (row == 0 ? 0 : ends[row - 1])..<ends[row] }

  /// The text of a row.
  public subscript(row: Int) -> String { String(decoding: bytes[range(of: row)], as: UTF8.self) }

  mutating func append(_ text: some Collection<UInt8>) {
    bytes += text
    ends.append(bytes.count)
  }
}

extension TextColumn {
  /// Appends the text of a field.
  mutating func append(_ field: DelimitedText.Field, of text: DelimitedText) {
    if let decoded = field.text { append(decoded.utf8) } else { append(text.bytes[field.range]) }
  }
}
