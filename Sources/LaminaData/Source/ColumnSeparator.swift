/// What stands between the columns of a text table.
public enum ColumnSeparator: String, Sendable, Codable, CaseIterable {
  /// `,`
  case comma
  /// `;`
  case semicolon
  /// A tab.
  case tab
  /// Any number of spaces and tabs.
  case blanks

  var separator: DelimitedText.Separator {
    switch self {
    case .comma: .byte(UInt8(ascii: ","))
    case .semicolon: .byte(UInt8(ascii: ";"))
    case .tab: .byte(UInt8(ascii: "\t"))
    case .blanks: .blanks
    }
  }
}
