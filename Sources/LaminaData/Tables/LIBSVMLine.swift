/// One line of LIBSVM's format: `label index:value index:value ...`.
struct LIBSVMLine {
  /// The labels: one, several separated by commas, or none.
  private(set) var labels: [String] = []
  /// The features that are not 0, in ascending order of their indices.
  private(set) var features: [(index: Int, value: Double)] = []
  /// The number of the line.
  let number: Int

  /// Reads the words of a line.
  init(_ words: [ArraySlice<UInt8>], number: Int) throws(TableProblem) {
    self.number = number
    var rest = words[...]
    if let first = rest.first, !first.contains(UInt8(ascii: ":")) {
      labels = try Self.labels(first, number)
      rest.removeFirst()
    }
    for word in rest {
      let feature = try Self.feature(word, number)
      if let last = features.last?.index, last >= feature.index {
        throw .declaration(
          line: number, reason: "index \(feature.index) follows \(last), but indices must ascend")
      }
      features.append(feature)
    }
  }

  private static func labels(
    _ word: ArraySlice<UInt8>, _ number: Int
  ) throws(TableProblem) -> [String] {
    let labels = word.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    for label in labels where NumberText.double(label) == nil {
      let text = String(decoding: label, as: UTF8.self)
      throw .declaration(
        line: number, reason: "the label is \(cited(text)), but a finite number is needed")
    }
    return labels.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func feature(
    _ word: ArraySlice<UInt8>, _ number: Int
  ) throws(TableProblem) -> (index: Int, value: Double) {
    let text = String(decoding: word, as: UTF8.self)
    guard let colon = word.firstIndex(of: UInt8(ascii: ":")) else {
      throw .declaration(
        line: number, reason: "\(cited(text)) should be an index and a value, such as 3:0.5")
    }
    let (before, after) = (word[..<colon], word[(colon + 1)...])
    guard !before.elementsEqual("qid".utf8) else {
      throw .declaration(
        line: number, reason: "qid: marks data for ranking, which is not a supported task")
    }
    guard let index = NumberText.integer(String(decoding: before, as: UTF8.self)), index >= 0 else {
      throw .declaration(
        line: number, reason: "\(cited(text)) must have a whole number before its colon")
    }
    guard let value = NumberText.double(after) else {
      let value = String(decoding: after, as: UTF8.self)
      let reason = NumberText.explanation(of: value).map { "; \($0)" } ?? ""
      throw .declaration(
        line: number,
        reason: "the value of index \(index) is \(cited(value)), but a finite 32-bit number is "
          + "needed\(reason)")
    }
    return (index, value)
  }
}

/// The words of each line of a text, without comments, which start with `#`, and blank lines.
struct LIBSVMWords: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var offset = 0
  private var nextLine: Int

  init(_ bytes: [UInt8], from line: Int = 1) {
    self.bytes = bytes
    nextLine = line
  }

  mutating func next() -> (words: [ArraySlice<UInt8>], line: Int)? {
    while offset < bytes.count {
      let line = nextLine
      let start = offset
      while offset < bytes.count, bytes[offset] != 10, bytes[offset] != 13 { offset += 1 }
      let content = bytes[start..<offset].prefix { $0 != UInt8(ascii: "#") }
      offset += bytes[offset...].starts(with: [13, 10]) ? 2 : 1
      nextLine += 1
      let words = content.split { $0 == 32 || $0 == 9 }
      if !words.isEmpty { return (words, line) }
    }
    return nil
  }
}
