public import Lamina

/// Examples without targets, read block by block on a thread of their own while others are worked
/// on, so that memory does not grow with their number.
public final class ExampleStream {
  /// Some consecutive examples.
  public struct Block: Sendable {
    /// The inputs, which stand for the targets too.
    public let examples: Dataset
    /// The texts of the columns that are kept, one value per example.
    public let kept: [TextColumn]
    /// The share of the source that was read up to here; nil if its size is unknown.
    public let share: Double?
  }

  /// The source of the examples, for messages.
  public let name: String
  /// The number of inputs of an example.
  public let features: Int
  /// The names of the columns that are kept; `file` for pictures, which always keep their names.
  public let keptNames: [String]
  /// The decisions that no option made, so far.
  public private(set) var decisions: [DataDecision]

  private let ahead: ReadAhead<ExampleBlock>
  private let featureNames: [String]
  private let hasColumns: Bool
  /// The model's schema, until the first examples are compared with it.
  private var schema: DataSchema?
  private let imageSize: ImageSize?

  /// - Parameters:
  ///   - name: The source of the examples, for messages.
  ///   - reader: The reader, which nobody else uses.
  ///   - found: The decisions made before it was opened.
  ///   - resize: The size to which pictures are resampled; nil leaves them as they are.
  ///   - schema: The schema of the model; nil if it has none.
  init(
    _ name: String, _ reader: any ExampleBlocks, _ found: [DataDecision], resize: ImageSize?,
    schema: DataSchema?
  ) throws(DataError) {
    self.name = name
    keptNames = reader.keptNames
    decisions = (found + reader.decisions).map(\.forModel)
    var resampling: Resampling?
    if let resize, let size = reader.imageSize, size != resize {
      resampling = Resampling(from: size, to: resize)
      imageSize = resize
      features = resize.height * resize.width
    } else {
      (imageSize, features) = (reader.imageSize, reader.features)
    }
    let featureNames = schema?.inputNames ?? []
    self.featureNames = featureNames.count == features ? featureNames : []
    hasColumns = reader.hasColumns
    self.schema = schema
    let resampled = resampling
    ahead = ReadAhead(capacity: 2) { () throws(DataError) in
      try reader.next().map { block in resampled.map(block.resampled) ?? block }
    }
  }

  /// The next examples; nil after the last ones. Waits for the reader.
  ///
  /// - Parameter isStopped: Is asked while there are no examples yet; true ends the wait, which then
  ///   returns nil.
  public func next(isStopped: () -> Bool = { false }) throws(DataError) -> Block? {
    while let block = try ahead.next(isStopped: isStopped) {
      decisions += block.decisions.filter { !isKnown($0) }
      guard block.count > 0 else { continue }
      if let schema {
        decisions += schema.notes(
          on: name, hasColumns: hasColumns, hasPixels: block.inputs.arePixels)
        self.schema = nil
      }
      let examples = Dataset(
        name: name, inputs: block.inputs, targets: .inputs, features: features,
        featureNames: featureNames, imageSize: imageSize)
      return Block(examples: examples, kept: block.kept, share: block.share)
    }
    return nil
  }

  /// Whether such a decision was made before, about the same column.
  private func isKnown(_ decision: DataDecision) -> Bool {
    decisions.contains {
      $0 == decision
        || (decision.column != nil && $0.column == decision.column
          && $0.subject == decision.subject)
    }
  }

  /// Throws if the examples are not of the shape that a model takes.
  func check(inputs: Int, imageSize size: ImageSize?) throws(DataError) {
    guard inputs == features, size == nil || imageSize == nil || size == imageSize else {
      throw .source(
        path: name, .modelDiffers(found: text(features, imageSize), wanted: text(inputs, size)))
    }
  }

  private func text(_ inputs: Int, _ size: ImageSize?) -> String {
    size.map { "images of \($0.height) x \($0.width) pixels" } ?? "\(inputs) numbers"
  }
}

extension ExampleBlock {
  /// The pictures in another size.
  fileprivate func resampled(_ resampling: Resampling) -> ExampleBlock {
    guard case .bytes(let pixels) = inputs else { return self }
    var block = ExampleBlock(inputs: .bytes(resampling.all(pixels)), count: count, kept: kept)
    (block.share, block.decisions) = (share, decisions)
    return block
  }
}
