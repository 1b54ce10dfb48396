/// The words for true and false.
enum TruthWord {
  /// 1 for `true` and `yes`, 0 for `false` and `no`, in any letter case; nil for other texts.
  static func value(of text: String) -> Double? {
    switch text.lowercased() {
    case "true", "yes": 1
    case "false", "no": 0
    default: nil
    }
  }
}
