import Lamina

/// Reads LIBSVM's format: each line has a label and the features that are not 0.
struct LIBSVMTable {
  /// The largest number of inputs, zeros included, that fits into memory.
  private static let mostNumbers = 1 << 30
  private static let target = "label"
  private static let sniffedLines = 20

  private let schema: DataSchema?

  /// - Parameter schema: The features of the training data, which the file must have too.
  init(schema: DataSchema? = nil) { self.schema = schema.flatMap { $0.columns.isEmpty ? nil : $0 } }

  /// Whether a text is in LIBSVM's format: all words of its first lines, except labels, are
  /// `index:value` pairs.
  static func isLIBSVM(_ bytes: [UInt8]) -> Bool {
    var hasFeatures = false
    for (words, _) in LIBSVMWords(bytes).lazy.prefix(sniffedLines) {
      let hasLabel = !words[0].contains(UInt8(ascii: ":"))
      if hasLabel {
        let parts = words[0].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard parts.allSatisfy({ NumberText.double($0) != nil }) else { return false }
      }
      let pairs = words.dropFirst(hasLabel ? 1 : 0)
      guard pairs.allSatisfy(isPair) else { return false }
      if !pairs.isEmpty { hasFeatures = true }
    }
    return hasFeatures
  }

  /// Whether a word has an index before its colon, or `qid` as in ranking data.
  private static func isPair(_ word: ArraySlice<UInt8>) -> Bool {
    guard let colon = word.firstIndex(of: UInt8(ascii: ":")), colon > word.startIndex else {
      return false
    }
    let index = word[..<colon]
    return index.allSatisfy(NumberText.isDigit) || index.elementsEqual("qid".utf8)
  }

  func examples(_ file: TextFile, name: String) throws(DataError) -> ExamplePart {
    try problems(of: name, as: DataError.table, read(file, name: name))
  }

  private func read(_ file: TextFile, name: String) throws(TableProblem) -> ExamplePart {
    var lines: [LIBSVMLine] = []
    for (words, number) in LIBSVMWords(file.bytes) {
      lines.append(try LIBSVMLine(words, number: number))
    }
    guard !lines.isEmpty else { throw .noRows }
    try Self.refuseKernel(lines)
    let (first, count) = try indices(lines)
    let (targets, task) = try targets(lines)
    var decisions = file.decisions
    if task == .multiLabel, schema == nil {
      decisions.note("task", "lines have several labels, \(targets.count) in all -> multi_label")
    }
    if first == 0 { decisions.note("indices", "indices start at 0") }
    decisions.note("format", "lines are LIBSVM index:value pairs, with \(count) features")
    return ExamplePart(
      name: name, inputs: .doubles(Self.dense(lines, first: first, count: count)), features: count,
      columns: (0..<count).map { DataSchema.Column(name: "\(first + $0)") }, isNamed: false,
      imageSize: nil, targets: targets, places: .lines(lines.map { Int32(clamping: $0.number) }),
      task: task, decisions: decisions)
  }

  /// Refuses a precomputed kernel matrix, whose feature 0 is the number of the row.
  private static func refuseKernel(_ lines: [LIBSVMLine]) throws(TableProblem) {
    guard lines.count > 1 else { return }
    let isCounted = lines.indices.allSatisfy { row in
      lines[row].features.first.map { $0.index == 0 && $0.value == Double(row + 1) } ?? false
    }
    guard !isCounted else {
      throw .declaration(
        line: lines[0].number,
        reason: "index 0 numbers the lines, so this is a precomputed kernel, which has no "
          + "features; give the data from which it was computed")
    }
  }

  /// The first index and the number of features.
  func indices(_ lines: [LIBSVMLine]) throws(TableProblem) -> (first: Int, count: Int) {
    let lowest = lines.compactMap { $0.features.first?.index }.min() ?? 1
    let highest = lines.max { ($0.features.last?.index ?? 0) < ($1.features.last?.index ?? 0) }
    let last = highest?.features.last?.index ?? 0
    guard let schema else {
      let first = min(lowest, 1)
      let (count, _) = (last - first).addingReportingOverflow(1)
      guard last < Int.max / 2, count <= Self.mostNumbers / lines.count else {
        throw .declaration(
          line: highest?.number ?? 1,
          reason: "index \(last) makes a table of \(lines.count) rows and as many columns, which "
            + "is too large with all its zeros")
      }
      return (first, max(count, 1))
    }
    let names = schema.columns.map(\.name)
    guard let first = NumberText.integer(names[0]), first == 0 || first == 1,
      names == (first..<first + names.count).map({ "\($0)" }), !schema.isNamed
    else { throw .noHeader(wanted: names + schema.targets) }
    guard lowest >= first, last < first + names.count else {
      let wrong = lines.first { line in
        line.features.contains { $0.index < first || $0.index >= first + names.count }
      }
      throw .declaration(
        line: wrong?.number ?? 1,
        reason: "index \(last < first + names.count ? lowest : last) is not a feature of the "
          + "training data, whose indices are \(first) to \(first + names.count - 1)")
    }
    return (first, names.count)
  }

  static func dense(_ lines: [LIBSVMLine], first: Int, count: Int) -> [Double] {
    var inputs = [Double](repeating: 0, count: lines.count * count)
    for (row, line) in lines.enumerated() {
      for feature in line.features { inputs[row * count + feature.index - first] = feature.value }
    }
    return inputs
  }

  /// One column of labels, or one per label if a line has none or several.
  private func targets(_ lines: [LIBSVMLine]) throws(TableProblem) -> ([TargetColumn], DataTask?) {
    // A line without a label is a multi-label example if other lines have several labels.
    let isMultiLabel =
      schema.map { $0.task == .multiLabel } ?? lines.contains { $0.labels.count > 1 }
    guard isMultiLabel else {
      if let wrong = lines.first(where: { $0.labels.count != 1 }) {
        throw .labelCount(line: wrong.number, found: wrong.labels.count)
      }
      let name = schema.flatMap { $0.targets.count == 1 ? $0.targets[0] : nil } ?? Self.target
      return ([TargetColumn(name: name, cells: .texts(lines.map { $0.labels[0] }))], nil)
    }
    let names = schema?.targets ?? Set(lines.flatMap(\.labels)).sorted(by: isOrderedBefore)
    let known = Set(names)
    for line in lines {
      guard let label = line.labels.first(where: { !known.contains($0) }) else { continue }
      throw .declaration(
        line: line.number,
        reason: "the label \(cited(label)) is not in the training data, which have "
          + listed(names))
    }
    let columns = names.map { name in
      TargetColumn(name: name, cells: .integers(lines.map { $0.labels.contains(name) ? 1 : 0 }))
    }
    return (columns, .multiLabel)
  }
}
