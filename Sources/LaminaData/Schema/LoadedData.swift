public import Lamina

/// A data set as it was read, with all that was found out about it.
public struct LoadedData: Sendable {
  /// The examples.
  public var split: DatasetSplit
  /// What inputs and outputs stand for.
  public var schema: DataSchema
  /// What was decided that nobody had said.
  public var decisions: [DataDecision]

  /// Puts a data set together.
  public init(split: DatasetSplit, schema: DataSchema, decisions: [DataDecision]) {
    self.split = split
    self.schema = schema
    self.decisions = decisions
  }
}
