/// The target columns of an ARFF file, from the first of: the options, its label file, MEKA's `-C`
/// in the name of the relation, KEEL's `@outputs`, the last column.
struct ARFFTargets {
  /// The target columns; nil if the file does not say.
  private let columns: [ColumnReference]?
  /// The columns that are not in KEEL's lists.
  private var ignored: [ColumnReference] = []
  /// The task, if the file implies it.
  let task: DataTask?
  private(set) var decisions: [DataDecision] = []
  private let unknown: String?

  /// The targets of further data, which the training data determine.
  init(known task: DataTask?) {
    (columns, unknown) = (nil, nil)
    self.task = task == .multiLabel ? task : nil
  }

  /// - Parameter labels: The names in the label file.
  init(_ header: ARFFHeader, labels: [String]?, options: DataOptions) {
    let names = header.attributes.map(\.name)
    if let labels {
      let known = Set(names.map { ExactText($0) })
      unknown = labels.first { !known.contains(ExactText($0)) }
      // The labels are in the order of the columns, as documented, not in that of the label file.
      let wanted = Set(labels.map { ExactText($0) })
      columns = names.filter { wanted.contains(ExactText($0)) }.map { ColumnReference($0) }
      task = .multiLabel
      return
    }
    guard options.targetColumns == nil else {
      (columns, unknown, task) = (nil, nil, nil)
      return
    }
    if let count = Self.labelCount(header.relation), count != 0, count.magnitude < names.count {
      let chosen = count > 0 ? header.attributes.prefix(count) : header.attributes.suffix(-count)
      columns = chosen.map { ColumnReference($0.name) }
      unknown = nil
      let areLabels = chosen.allSatisfy { $0.kind == .nominal(["0", "1"]) }
      task = areLabels ? .multiLabel : nil
      decisions = [
        DataDecision(
          subject: "target-columns",
          text:
            "the relation has MEKA's -C \(count): the targets are \(listed(chosen.map(\.name)))",
          remedy: "--target-columns overrides this")
      ]
    } else if let outputs = header.outputs {
      let used = Set((outputs + (header.inputs ?? names)).map { ExactText($0) })
      ignored = names.filter { !used.contains(ExactText($0)) }.map { ColumnReference($0) }
      columns = outputs.map { ColumnReference($0) }
      (unknown, task) = (nil, nil)
      decisions = [
        DataDecision(
          subject: "target-columns", text: "@outputs of KEEL names the targets: \(listed(outputs))",
          remedy: "--target-columns overrides this")
      ]
    } else {
      (columns, unknown, task) = (nil, nil, nil)
    }
  }

  /// The number after `-C` in the options that MEKA writes into the name of a relation.
  private static func labelCount(_ relation: String) -> Int? {
    guard let colon = relation.lastIndex(of: ":") else { return nil }
    let words = relation[colon...].dropFirst().split(separator: " ")
    guard let option = words.firstIndex(where: { $0 == "-C" || $0 == "-c" }),
      option + 1 < words.count
    else { return nil }
    return NumberText.integer(String(words[option + 1]))
  }

  /// The role of each of the columns `names`.
  func roles(_ names: [String], _ options: DataOptions) throws(TableProblem) -> [ColumnRoles.Role] {
    if let unknown { throw .noColumn(wanted: unknown, names: names) }
    var options = options
    options.ignoredColumns += ignored
    return try ColumnRoles(
      names: names, targets: columns ?? options.targetsOfTable, options: options
    ).roles
  }
}
