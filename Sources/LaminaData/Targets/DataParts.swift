import Lamina

/// The parts of a data set as its files have them.
struct DataParts {
  var train: ExamplePart
  var validation: ExamplePart?
  var test: ExamplePart?

  /// The same parts, with every picture in this size; nil changes nothing.
  func resized(to size: ImageSize?) throws(DataError) -> DataParts {
    guard let size else { return self }
    return DataParts(
      train: try train.resized(to: size), validation: try validation?.resized(to: size),
      test: try test?.resized(to: size))
  }

  /// The parts as data sets.
  ///
  /// - Parameter schema: What a model knows; nil lets the training part decide.
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
    var decisions: [DataDecision] = []
    // What is said of all parts alike is said once.
    for part in [train, validation, test] {
      decisions += (part?.decisions ?? []).filter { !decisions.contains($0) }
    }
    return FoundData(
      train: first, validation: try other(validation), test: try other(test),
      columns: train.columns, isNamed: train.isNamed, targets: train.targets.map(\.name),
      decimal: train.decimal,
      decisions: decisions + plan.decisions)
  }
}

/// The data sets that a path leads to, before they are divided.
struct FoundData {
  var train: Dataset
  var validation: Dataset?
  var test: Dataset?
  var columns: [DataSchema.Column] = []
  var isNamed = false
  /// The names of the target columns.
  var targets: [String] = []
  /// The decimal mark that was found, where it is no point.
  var decimal: DecimalMark?
  var decisions: [DataDecision] = []
}

extension Dataset {
  /// The kind of inputs as messages show it.
  fileprivate var inputsName: String {
    if let imageSize { return "images of \(imageSize.height) x \(imageSize.width) pixels" }
    return "\(features) numbers"
      + (featureNames.isEmpty ? "" : " (\(listed(featureNames)))")
  }
}
