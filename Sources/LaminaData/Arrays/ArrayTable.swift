import Lamina

/// Reads a single NPY file: a matrix whose columns are inputs and targets, as in a text table
/// without a header.
struct ArrayTable {
  let options: DataOptions

  func examples(path: String) throws(DataError) -> ExamplePart {
    let array = try NPYArray(path: path)
    let rows = array.shape.first ?? 0
    let columns = array.shape.dropFirst().reduce(1, *)
    guard rows > 0, columns > 0 else {
      throw .array(path: path, .emptyInputs(array: "the array", shape: array.shape))
    }
    let roles = try problems(
      of: path, as: DataError.table,
      ColumnRoles(
        names: (1...columns).map { "\($0)" }, targets: options.targetsOfTable, options: options
      ).roles)
    let features = roles.indices.filter { roles[$0] == .feature }
    let isWhole = features.count == columns
    let numbers = try problems(of: path, as: DataError.array, array.inputs("the array"))
    return ExamplePart(
      name: path, inputs: isWhole ? numbers : Self.inputs(numbers, features, columns),
      features: features.count, imageSize: isWhole ? array.imageSize : nil,
      targets: Self.targets(array, roles),
      weights: roles.firstIndex(of: .weight).map { Self.target(array, $0, of: columns) },
      places: .indices, decisions: array.decisions("the array"))
  }

  static func inputs(
    _ inputs: Dataset.Inputs, _ features: [Int], _ columns: Int
  ) -> Dataset.Inputs {
    func chosen<Element>(_ elements: [Element]) -> [Element] {
      stride(from: 0, to: elements.count, by: columns).flatMap { row in
        features.map { elements[row + $0] }
      }
    }
    return switch inputs {
    case .bytes(let bytes): .bytes(chosen(bytes))
    case .floats(let floats): .floats(chosen(floats))
    case .doubles(let doubles): .doubles(chosen(doubles))
    }
  }

  private static func targets(_ array: NPYArray, _ roles: [ColumnRoles.Role]) -> [TargetColumn] {
    let chosen = roles.enumerated().compactMap { column, role in
      if case .target(let number) = role { (number, column) } else { nil }
    }
    return chosen.sorted { $0.0 < $1.0 }.map { _, column in
      target(array, column, of: roles.count)
    }
  }

  private static func target(_ array: NPYArray, _ column: Int, of columns: Int) -> TargetColumn {
    TargetColumn(name: "\(column + 1)", cells: array.cells(column, of: columns))
  }
}
