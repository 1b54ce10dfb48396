/// The mark between the whole part of a number and its fraction.
public enum DecimalMark: String, Sendable, Codable, CaseIterable {
  /// `3.14`
  case point
  /// `3,14`
  case comma
}

/// The separator between groups of three digits in the whole part of a number.
public enum ThousandsMark: String, Sendable, Codable, CaseIterable {
  /// `44,966`
  case comma
  /// `44.966`
  case point
  /// `44 966`, with an ASCII space, a no-break space or a thin one.
  case blank
  /// `44'966`
  case apostrophe
}

/// The notation of numbers in a text table.
struct NumberFormat: Equatable {
  var decimal = DecimalMark.point
  var thousands: ThousandsMark?

  static let plain = NumberFormat()

  /// Whether the two marks differ.
  var isSound: Bool {
    switch (decimal, thousands) {
    case (.point, .point), (.comma, .comma): false
    default: true
    }
  }

  /// Parses `text` as a number in this format; nil for anything else.
  func number(_ text: some BidirectionalCollection<UInt8>) -> Double? {
    if self == .plain { return NumberText.double(text) }
    return canonical(text).flatMap { NumberText.double($0) }
  }

  /// Converts text in this format to Swift's notation, with a decimal point and without thousands
  /// separators; nil if the marks are misplaced. The result need not be a number.
  func canonical(_ text: some BidirectionalCollection<UInt8>) -> [UInt8]? {
    let mark: UInt8 = decimal == .point ? UInt8(ascii: ".") : UInt8(ascii: ",")
    let parts = text.split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = ungrouped(Array(parts[0])) else { return nil }
    guard parts.count == 2 else { return whole }
    let other: UInt8 = decimal == .point ? UInt8(ascii: ",") : UInt8(ascii: ".")
    guard !parts[1].contains(other), !parts[1].contains(mark) else { return nil }
    return whole + [UInt8(ascii: ".")] + parts[1]
  }

  /// The whole part without thousands separators; nil if they are misplaced.
  private func ungrouped(_ text: [UInt8]) -> [UInt8]? {
    guard let thousands else {
      return text.contains(UInt8(ascii: ".")) || text.contains(UInt8(ascii: ",")) ? nil : text
    }
    var groups: [[UInt8]] = [[]]
    var rest = text[...]
    while let first = rest.first {
      if let length = thousands.length(at: rest) {
        groups.append([])
        rest = rest.dropFirst(length)
      } else {
        groups[groups.count - 1].append(first)
        rest = rest.dropFirst()
      }
    }
    guard groups.count > 1 else {
      return text.contains(UInt8(ascii: ".")) || text.contains(UInt8(ascii: ",")) ? nil : text
    }
    let first = groups[0].drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    guard (1...3).contains(first.count), first.allSatisfy(NumberText.isDigit),
      groups.dropFirst().allSatisfy({ $0.count == 3 && $0.allSatisfy(NumberText.isDigit) })
    else { return nil }
    return groups.flatMap(\.self)
  }
}

extension ThousandsMark {
  /// The accepted spellings of the mark in UTF-8.
  private var spellings: [[UInt8]] {
    switch self {
    case .comma: [[UInt8(ascii: ",")]]
    case .point: [[UInt8(ascii: ".")]]
    // The blanks are those of ASCII, U+00A0, U+2009 and U+202F.
    case .blank: [[32], [0xc2, 0xa0], [0xe2, 0x80, 0x89], [0xe2, 0x80, 0xaf]]
    case .apostrophe: [[UInt8(ascii: "'")], [0xe2, 0x80, 0x99]]
    }
  }

  /// The length in bytes of the mark at the start of `text`; nil if there is none.
  fileprivate func length(at text: ArraySlice<UInt8>) -> Int? {
    spellings.first { text.starts(with: $0) }?.count
  }
}
