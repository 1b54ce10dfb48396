public import Lamina

/// What a network is to learn from a data set.
public enum DataTask: String, Sendable, Codable, CaseIterable {
  /// One class for each example.
  case classification
  /// For each of several labels whether it holds.
  case multiLabel = "multi_label"
  /// One or more numbers.
  case regression
  /// The inputs themselves.
  case autoEncoding = "auto_encoding"
}

extension DataTask {
  /// The name in a sentence.
  var text: String { rawValue.replacing("_", with: "-") }

  /// What outputs of networks for this task are called.
  var outputsName: String {
    switch self {
    case .classification: "classes"
    case .multiLabel: "labels"
    case .regression: "targets"
    case .autoEncoding: "inputs"
    }
  }
}

extension Dataset.Targets {
  /// The task that these targets are for.
  public var task: DataTask {
    switch self {
    case .classes: .classification
    case .labels: .multiLabel
    case .values: .regression
    case .inputs: .autoEncoding
    }
  }
}
