import Lamina

/// Examples as a reader found them: their targets are still what the file says.
struct ExamplePart: Sendable {
  /// Where rows stand in their file, for messages.
  enum Places {
    /// The line of each row.
    case lines([Int32])
    /// The file of each row.
    case files([String])
    /// Nothing but its index, from 0.
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
  /// The columns that the inputs are from, in the order of the network; empty where inputs have no
  /// names.
  var columns: [DataSchema.Column] = []
  /// Whether a header or declarations named the columns.
  var isNamed = false
  var imageSize: ImageSize?
  let targets: [TargetColumn]
  /// What the losses of the examples are multiplied by, where a column says it.
  var weights: TargetColumn?
  let places: Places
  /// What the targets are for where the file says it and the user does not.
  var task: DataTask?
  /// The decimal mark of the numbers of a text table, where it was found to be no point.
  var decimal: DecimalMark?
  /// What the reader decided that nobody had told it, and what it left out.
  var decisions: [DataDecision] = []

  /// The examples with the targets that `plan` makes of theirs.
  func dataset(_ plan: TargetPlan) throws(DataError) -> Dataset {
    let targets: Dataset.Targets
    let numbers: [Float]?
    do throws(TargetProblem) {
      targets = try plan.targets(of: self)
      numbers = try exampleWeights()
    } catch {
      throw .targets(path: name, error)
    }
    var dataset = Dataset(
      name: name, inputs: inputs, targets: targets, features: features,
      featureNames: columns.flatMap(\.inputNames), imageSize: imageSize)
    dataset.weights = numbers
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

  /// What the further parts of the data set are read by; nil where inputs have no names.
  var schema: DataSchema? {
    guard !columns.isEmpty else { return nil }
    return DataSchema(
      columns: columns, isNamed: isNamed, targets: targets.map(\.name),
      task: task ?? .classification, outputs: [], digest: "", decimal: decimal)
  }

  func plan(for task: DataTask?) throws(DataError) -> TargetPlan {
    do throws(TargetProblem) { return try TargetPlan(self, task: task ?? self.task) } catch {
      throw .targets(path: name, error)
    }
  }
}
