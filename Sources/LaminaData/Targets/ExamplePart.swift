import Lamina

/// Examples as read from a file, with their targets not yet interpreted.
struct ExamplePart: Sendable {
  /// The positions of rows in their file, for messages.
  enum Places {
    /// The line of each row.
    case lines([Int32])
    /// The file of each row.
    case files([String])
    /// Only the index of each row, from 0.
    case indices

    func description(of row: Int) -> String {
      switch self {
      case .lines(let lines): "line \(lines[row])"
      case .files(let files): files[row]
      case .indices: "example \(row)"
      }
    }
  }

  let name: String
  var inputs: Dataset.Inputs
  var features: Int
  /// The input columns, in the order of the network; empty if the inputs have no names.
  var columns: [DataSchema.Column] = []
  /// Whether the inputs are the cells of ``columns``, which are yet to be fitted.
  var hasCells = false
  /// Whether a header or declarations named the columns.
  var isNamed = false
  var imageSize: ImageSize?
  let targets: [TargetColumn]
  /// The factors of the losses of the examples, if there is a weight column.
  var weights: TargetColumn?
  let places: Places
  /// The name of each row's group, if there is a column of groups.
  var groups: TextColumn?
  /// The task implied by the file, which an option can override.
  var task: DataTask?
  /// The decimal mark detected in a text table; nil for a point.
  var decimal: DecimalMark?
  /// The decisions of the reader that no option made.
  var decisions: [DataDecision] = []

  /// The examples with their targets interpreted according to `plan`.
  func dataset(_ plan: TargetPlan) throws(DataError) -> Dataset {
    let targets = try problems(of: name, as: DataError.targets, plan.targets(of: self))
    var dataset = Dataset(
      name: name, inputs: inputs, targets: targets, features: features,
      featureNames: hasCells ? columns.map(\.name) : columns.inputNames, imageSize: imageSize)
    if !hasCells {
      dataset.unscaledFeatures = columns.unscaledInputs
      dataset.embeddedColumns = columns.embeddedColumns
    }
    dataset.weights = try problems(of: name, as: DataError.targets, exampleWeights())
    return dataset
  }

  private func exampleWeights() throws(TargetProblem) -> [Float]? {
    guard let weights else { return nil }
    var numbers: [Float] = []
    for row in 0..<weights.count {
      guard let number = weights.number(row).map({ Float($0) }), number >= 0 else {
        throw .weight(
          place: places.description(of: row), column: weights.name, text: weights.text(row))
      }
      numbers.append(number)
    }
    return numbers
  }

  /// The schema for reading the other parts of the data set; nil if the inputs have no names.
  var schema: DataSchema? {
    guard !columns.isEmpty else { return nil }
    return DataSchema(
      columns: columns, isNamed: isNamed, targets: targets.map(\.name),
      task: task ?? .classification, outputs: [], digest: "", decimal: decimal)
  }

  func plan(for task: DataTask?) throws(DataError) -> TargetPlan {
    try problems(of: name, as: DataError.targets, TargetPlan(self, task: task ?? self.task))
  }
}
