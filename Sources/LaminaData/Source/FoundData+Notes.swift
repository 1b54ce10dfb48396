import Lamina

extension FoundData {
  /// Notes on the inputs: those that a model cannot check by name or unit, and columns of training
  /// data from which nothing can be learned.
  func notes(_ schema: DataSchema?, on path: String) -> [DataDecision] {
    guard let schema else {
      return [pixels(path), constantColumns, duplicateNames].compactMap(\.self)
    }
    return schema.notes(on: path, hasColumns: !columns.isEmpty, hasPixels: train.hasPixels)
  }

  /// The note on pixels. Arrays report their bytes themselves, and built-in data need no note.
  private func pixels(_ path: String) -> DataDecision? {
    guard train.hasPixels, let size = train.imageSize, DrawnData(rawValue: path) == nil,
      !decisions.contains(where: { $0.subject == "bytes" })
    else { return nil }
    return DataDecision(
      subject: "bytes",
      text: "inputs are the pixels of pictures of \(size.height) x \(size.width), from 0 to 255",
      remedy: "--scaling standard scales each position separately")
  }

  private var constantColumns: DataDecision? {
    guard !columns.isEmpty, train.count > 1 else { return nil }
    let names = train.constantFeatures.map { train.featureNames[$0] }
    guard !names.isEmpty else { return nil }
    return DataDecision(
      subject: "constant-columns",
      text: names.count == 1
        ? "column \(names[0]) has one value, from which nothing can be learned"
        : "columns \(listed(names)) have one value each, from which nothing can be learned")
  }

  private var duplicateNames: DataDecision? {
    let names = columns.map(\.name)
    let counts = Dictionary(grouping: names) { $0 }.mapValues(\.count)
    guard let twice = names.first(where: { counts[$0, default: 0] > 1 }) else { return nil }
    return DataDecision(
      subject: "duplicate-names",
      text:
        "several columns are named \(shortened(twice)); in new data they are matched in their order"
    )
  }
}

extension DataSchema {
  /// Notes on data for a model: inputs that it cannot check by name or unit.
  ///
  /// - Parameters:
  ///   - path: The path of the data.
  ///   - hasColumns: Whether the data are a table.
  ///   - hasPixels: Whether the inputs are bytes of pictures.
  func notes(on path: String, hasColumns: Bool, hasPixels: Bool) -> [DataDecision] {
    var notes: [DataDecision] = []
    if columns.isEmpty == hasColumns {
      notes.note(
        "columns-by-place",
        hasColumns
          ? "the model has no names of inputs, so columns are matched by position, not by name"
          : "the inputs of \(path) have no names and are matched by position with "
            + listed(inputNames))
    }
    if let wanted = self.hasPixels, wanted != hasPixels {
      notes.note(
        "units",
        wanted
          ? "the model was trained with pixels, bytes from 0 to 255, but \(path) has numbers, which "
            + "are used as such"
          : "the model was trained with numbers, but \(path) has pixels, bytes from 0 to 255, which "
            + "are used as such")
    }
    return notes
  }
}

extension Dataset.Inputs {
  /// Whether the inputs are bytes of pictures.
  var arePixels: Bool { if case .bytes = self { true } else { false } }
}

extension Dataset {
  /// Whether the inputs are bytes of pictures.
  var hasPixels: Bool { inputs.arePixels }

  /// The features that have the same value in all examples; only tables of doubles are searched.
  fileprivate var constantFeatures: [Int] {
    guard case .doubles(let numbers) = inputs else { return [] }
    return (0..<features).filter { feature in
      stride(from: feature, to: numbers.count, by: features).allSatisfy {
        numbers[$0] == numbers[feature]
      }
    }
  }
}
