public import Lamina

/// A data set with its schema and the decisions made while reading it.
public struct LoadedData: Sendable {
  /// The examples.
  public var split: DatasetSplit
  /// The meaning of inputs and outputs.
  public var schema: DataSchema
  /// The decisions that no option made.
  public var decisions: [DataDecision]
  /// What the training part has in each input column; empty unless it is a table that was read for a
  /// new model.
  public var columns: [ColumnSummary]

  /// Creates loaded data from its parts.
  public init(
    split: DatasetSplit, schema: DataSchema, decisions: [DataDecision],
    columns: [ColumnSummary] = []
  ) {
    self.split = split
    self.schema = schema
    self.decisions = decisions
    self.columns = columns
  }
}
