extension NumberText {
  /// Whether a text says that nothing is known.
  static func isMissing(_ text: String) -> Bool {
    ["", "?", "na", "n/a", "#n/a", "nan", "null", "none", "<na>"].contains(text.lowercased())
  }

  /// Why a text that is meant as a number is none; nil for numbers and other texts.
  static func oddity(_ text: String) -> String? {
    let core = text.trimmingPrefix { "$€£¥ ".contains($0) }
    if core.count < text.count, double(Array(core.utf8)) != nil { return "it has a currency sign" }
    guard text.contains(where: \.isNumber) else { return text == "-" ? "it is a dash" : nil }
    guard text.allSatisfy({ $0.isNumber || ",.'+-eE% ".contains($0) }) else { return nil }
    if double(Array(text.utf8)) != nil { return nil }
    if text.contains(",") { return "it has a comma" }
    if text.hasSuffix("%") { return "it has a per cent sign" }
    return Double(text) != nil ? "it is beyond the range of 32-bit floats" : nil
  }
}
