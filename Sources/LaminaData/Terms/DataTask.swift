public import Lamina

/// The task that a network learns from a data set.
public enum DataTask: String, Sendable, Codable, CaseIterable {
  /// One class per example.
  case classification
  /// Any number of several labels per example.
  case multiLabel = "multi_label"
  /// One or more numbers.
  case regression
  /// The inputs themselves.
  case autoEncoding = "auto_encoding"
}

extension DataTask {
  /// The name as written in a sentence.
  package var text: String { rawValue.replacing("_", with: "-") }

  /// The name for the outputs of networks for this task.
  package var outputsName: String {
    switch self {
    case .classification: "classes"
    case .multiLabel: "labels"
    case .regression: "targets"
    case .autoEncoding: "inputs"
    }
  }
}

extension Dataset.Targets {
  /// The task of these targets.
  public var task: DataTask {
    switch self {
    case .classes: .classification
    case .labels: .multiLabel
    case .values: .regression
    case .inputs: .autoEncoding
    }
  }
}
