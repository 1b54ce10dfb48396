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
  let inputs: Dataset.Inputs
  let features: Int
  /// The columns that the inputs are from, in the order of the network; empty where inputs have no
  /// names.
  var columns: [DataSchema.Column] = []
  /// Whether a header or declarations named the columns.
  var isNamed = false
  let imageSize: ImageSize?
  let targets: [TargetColumn]
  /// What the losses of the examples are multiplied by, where a column says it.
  var weights: TargetColumn?
  let places: Places
  /// What the targets are for where the file says it and the user does not.
  var task: DataTask?
  /// How the numbers of a text table are written, said or found out; further parts are read so too.
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

  func plan(for task: DataTask?) throws(DataError) -> TargetPlan {
    do throws(TargetProblem) { return try TargetPlan(self, task: task ?? self.task) } catch {
      throw .targets(path: name, error)
    }
  }
}

/// One of the targets of some examples, as their file has it.
struct TargetColumn: Sendable {
  /// The targets, one a row.
  enum Cells {
    case texts([String])
    case integers([Int])
    case floats([Double])
  }

  var name: String
  var cells: Cells
  /// The classes that the file declares, in order.
  var declared: [String]?

  var count: Int {
    switch cells {
    case .texts(let cells): cells.count
    case .integers(let cells): cells.count
    case .floats(let cells): cells.count
    }
  }

  /// The target of a row as text.
  func text(_ row: Int) -> String {
    switch cells {
    case .texts(let cells): cells[row]
    case .integers(let cells): "\(cells[row])"
    case .floats(let cells):
      // Classes that numpy holds as floats are whole numbers all the same.
      Int(exactly: cells[row]).map { "\($0)" } ?? "\(cells[row])"
    }
  }

  /// The target of a row as a number, or nil.
  func number(_ row: Int) -> Double? {
    switch cells {
    case .texts(let cells): NumberText.double(Array(cells[row].utf8))
    case .integers(let cells): Double(cells[row])
    case .floats(let cells): cells[row].isFinite ? cells[row] : nil
    }
  }

  /// Whether all targets are whole numbers, none of them written with a fraction.
  var isWhole: Bool {
    switch cells {
    case .texts(let cells): cells.allSatisfy { NumberText.integer($0) != nil }
    case .integers: true
    case .floats: false
    }
  }

  /// The different targets, numbers in their order, and other texts in theirs.
  var classNames: [String] {
    if let declared { return declared }
    switch cells {
    case .integers(let cells): return Set(cells).sorted().map { "\($0)" }
    case .texts, .floats:
      return Set((0..<count).map(text)).sorted(by: isOrderedBefore)
    }
  }
}

/// The order of names in which numbers stand before texts and by their size.
func isOrderedBefore(_ first: String, _ second: String) -> Bool {
  switch (NumberText.integer(first), NumberText.integer(second)) {
  case (let first?, let second?) where first != second: first < second
  case (_?, nil): true
  case (nil, _?): false
  default: first.utf8.lexicographicallyPrecedes(second.utf8)
  }
}
