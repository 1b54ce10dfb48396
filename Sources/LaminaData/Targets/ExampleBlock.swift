public import Lamina

/// Some consecutive examples without targets.
public struct ExampleBlock: Sendable {
  /// The inputs, row by row.
  public let inputs: Dataset.Inputs
  /// The number of examples.
  public let count: Int
  /// The texts of the columns that are kept.
  public let kept: [TextColumn]
  /// The share of the source that was read up to here; nil if its size is unknown.
  public internal(set) var share: Double?
  /// What the reader decided or left out here.
  var decisions: [DataDecision] = []

  init(inputs: Dataset.Inputs, count: Int, kept: [TextColumn] = []) {
    self.inputs = inputs
    self.count = count
    self.kept = kept
  }
}

/// A reader of examples without targets, block by block, so that memory does not grow with their
/// number.
protocol ExampleBlocks: AnyObject {
  /// The number of inputs of an example.
  var features: Int { get }
  /// The size of the examples if they are pictures.
  var imageSize: ImageSize? { get }
  /// Whether the inputs are the columns of a table.
  var hasColumns: Bool { get }
  /// The names of the columns that are kept.
  var keptNames: [String] { get }
  /// The decisions about the layout.
  var decisions: [DataDecision] { get }

  /// The next examples; nil after the last ones.
  func next() throws(DataError) -> ExampleBlock?
}

extension ExampleBlocks {
  var hasColumns: Bool { false }
}
