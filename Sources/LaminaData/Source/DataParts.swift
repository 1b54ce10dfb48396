import Lamina

/// The parts of a data set as its files have them.
struct DataParts {
  var train: ExamplePart
  var validation: ExamplePart?
  var test: ExamplePart?

  /// The same parts, the training part with further decisions, which come first.
  func deciding(_ decisions: [DataDecision]) -> DataParts {
    var parts = self
    parts.train.decisions = decisions + train.decisions
    return parts
  }

  /// The parts as data sets; without a test part, that of the split is nil.
  func datasets(
    task: DataTask?
  ) throws(DataError) -> (train: Dataset, validation: Dataset?, test: Dataset?) {
    let plan = try train.plan(for: task)
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
    return (first, try other(validation), try other(test))
  }
}

extension Dataset {
  /// The kind of inputs as messages show it.
  fileprivate var inputsName: String {
    if let imageSize { return "images of \(imageSize.height) x \(imageSize.width) pixels" }
    return "\(features) numbers"
      + (featureNames.isEmpty ? "" : " (\(listed(featureNames)))")
  }
}
