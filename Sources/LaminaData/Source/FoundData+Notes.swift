import Lamina

extension FoundData {
  /// What to tell of the inputs: where a model cannot check them by name or unit, and where columns
  /// of a training are of no use.
  func notes(_ schema: DataSchema?, on path: String) -> [DataDecision] {
    guard let schema else {
      return [pixels(path), constantColumns, duplicateNames].compactMap(\.self)
    }
    return [places(schema, path), units(schema, path)].compactMap(\.self)
  }

  /// Arrays tell of their bytes themselves, and data that are drawn have one form.
  private func pixels(_ path: String) -> DataDecision? {
    guard train.hasPixels, let size = train.imageSize, DrawnData(rawValue: path) == nil,
      !decisions.contains(where: { $0.subject == "bytes" })
    else { return nil }
    return DataDecision(
      "bytes", "inputs are pixels of pictures of \(size.height) x \(size.width), from 0 to 255",
      remedy: "--scaling standard treats each place as a number of its own")
  }

  private func places(_ schema: DataSchema, _ path: String) -> DataDecision? {
    guard schema.columns.isEmpty != columns.isEmpty else { return nil }
    return DataDecision(
      "columns-by-place",
      columns.isEmpty
        ? "the inputs of \(path) have no names, and are matched by place with "
          + listed(schema.columns.flatMap(\.inputNames))
        : "the model knows no names of inputs, so columns are matched by place, whatever their names"
    )
  }

  private func units(_ schema: DataSchema, _ path: String) -> DataDecision? {
    guard let wanted = schema.hasPixels, wanted != train.hasPixels else { return nil }
    return DataDecision(
      "units",
      wanted
        ? "the model was trained with pixels, bytes from 0 to 255, and \(path) has numbers, which "
          + "are taken for such"
        : "the model was trained with numbers, and \(path) has pixels, bytes from 0 to 255, which "
          + "are taken for such")
  }

  private var constantColumns: DataDecision? {
    guard !columns.isEmpty, train.count > 1 else { return nil }
    let names = train.constantFeatures.map { train.featureNames[$0] }
    guard !names.isEmpty else { return nil }
    return DataDecision(
      "constant-columns",
      names.count == 1
        ? "column \(names[0]) has one value, from which nothing can be learned"
        : "columns \(listed(names)) have one value each, from which nothing can be learned")
  }

  private var duplicateNames: DataDecision? {
    let names = columns.map(\.name)
    let counts = Dictionary(grouping: names) { $0 }.mapValues(\.count)
    guard let twice = names.first(where: { counts[$0, default: 0] > 1 }) else { return nil }
    return DataDecision(
      "duplicate-names",
      "several columns are named \(shortened(twice)); new data of a model are matched in their order"
    )
  }
}

extension Dataset {
  /// Whether the inputs are bytes of pictures.
  var hasPixels: Bool { if case .bytes = inputs { true } else { false } }

  /// The features that have one value in all examples; those of pictures are not looked for.
  fileprivate var constantFeatures: [Int] {
    guard case .doubles(let numbers) = inputs else { return [] }
    return (0..<features).filter { feature in
      stride(from: feature, to: numbers.count, by: features).allSatisfy {
        numbers[$0] == numbers[feature]
      }
    }
  }
}
