/// The delimiter between the columns of a text table.
public enum ColumnSeparator: String, Sendable, Codable, CaseIterable {
  /// `,`
  case comma
  /// `;`
  case semicolon
  /// A tab.
  case tab
  /// `|`
  case bar
  /// Any number of spaces and tabs.
  case blanks

  var separator: DelimitedText.Separator {
    switch self {
    case .comma: .byte(UInt8(ascii: ","))
    case .semicolon: .byte(UInt8(ascii: ";"))
    case .tab: .byte(UInt8(ascii: "\t"))
    case .bar: .byte(UInt8(ascii: "|"))
    case .blanks: .blanks
    }
  }

  /// The separator of this byte; nil if it is none.
  init?(_ byte: UInt8) {
    let found = Self.allCases.first { $0.separator == .byte(byte) }
    guard let found else { return nil }
    self = found
  }

  /// The plural name, as written in a sentence.
  var text: String {
    switch self {
    case .comma: "commas"
    case .semicolon: "semicolons"
    case .tab: "tabs"
    case .bar: "bars (|)"
    case .blanks: "blanks"
    }
  }
}
