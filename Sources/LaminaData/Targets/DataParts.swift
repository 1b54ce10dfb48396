import Lamina

/// The parts of a data set as read from its files.
struct DataParts {
  var train: ExamplePart
  var validation, test: ExamplePart?

  /// The same parts with every picture resampled to this size; nil changes nothing.
  func resized(to size: ImageSize?) throws(DataError) -> DataParts {
    guard let size else { return self }
    return DataParts(
      train: try train.resized(to: size), validation: try validation?.resized(to: size),
      test: try test?.resized(to: size))
  }

  /// Converts the parts to data sets.
  ///
  /// - Parameters:
  ///   - task: The task; nil detects it.
  ///   - schema: The schema of a model; nil uses that of the training part.
  func found(task: DataTask?, _ schema: DataSchema?) throws(DataError) -> FoundData {
    let plan: TargetPlan
    if let schema { plan = TargetPlan(schema) } else { plan = try train.plan(for: task) }
    let first = try train.dataset(plan)
    func other(_ part: ExamplePart?) throws(DataError) -> Dataset? {
      guard let dataset = try part?.dataset(plan) else { return nil }
      guard dataset.features == first.features, dataset.featureNames == first.featureNames,
        dataset.imageSize == first.imageSize
      else {
        throw .source(
          path: dataset.name,
          .inputsDiffer(
            found: dataset.inputsName, wanted: first.inputsName,
            size: dataset.imageSize == nil ? nil : first.imageSize))
      }
      return dataset
    }
    // The last part knows the categories of all parts.
    let last = test ?? validation ?? train
    var decisions: [DataDecision] = []
    // Decisions that are the same for several parts are reported once.
    for part in [train, validation, test] {
      decisions += (part?.decisions ?? []).filter { !decisions.contains($0) }
    }
    return FoundData(
      train: first, validation: try other(validation), test: try other(test),
      columns: last.columns, hasCells: train.hasCells, isNamed: train.isNamed,
      targets: train.targets.map(\.name), groups: train.groups, decimal: train.decimal,
      decisions: decisions + plan.decisions)
  }
}

/// The data sets at a path, before they are split.
struct FoundData {
  var train: Dataset
  var validation, test: Dataset?
  var columns: [DataSchema.Column] = []
  /// Whether the inputs are the cells of ``columns``, which are yet to be fitted.
  var hasCells = false
  var isNamed = false
  /// The names of the target columns.
  var targets: [String] = []
  /// The name of the group of each training example, if there is a column of groups.
  var groups: TextColumn?
  /// The decimal mark that was detected; nil for a point.
  var decimal: DecimalMark?
  var decisions: [DataDecision] = []
}

extension Dataset {
  /// The kind of inputs as shown in messages.
  fileprivate var inputsName: String {
    if let imageSize { return "images of \(imageSize.height) x \(imageSize.width) pixels" }
    return "\(features) numbers" + (featureNames.isEmpty ? "" : " (\(listed(featureNames)))")
  }
}
