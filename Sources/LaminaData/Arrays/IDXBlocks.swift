import Lamina

/// Reads the images of an IDX file block by block.
final class IDXBlocks: ExampleBlocks {
  private static let blockBytes = 1 << 22

  private let reader: ByteReader
  private let dimensions: [Int]
  private var row = 0

  let features: Int
  let imageSize: ImageSize?
  let keptNames: [String] = []
  let decisions: [DataDecision] = []

  /// - Parameter reader: The content, of which nothing is read yet.
  init(_ reader: ByteReader) throws(DataError) {
    self.reader = reader
    (_, dimensions) = try IDXFile.readHeader(reader, .examples)
    features = dimensions.dropFirst().reduce(1, *)
    imageSize =
      dimensions.count == 3 ? ImageSize(height: dimensions[1], width: dimensions[2]) : nil
    guard features > 0 else {
      throw .folder(path: reader.path, .noPixels(file: reader.path, dimensions: dimensions))
    }
  }

  func next() throws(DataError) -> ExampleBlock? {
    let count = min(max(1, Self.blockBytes / features), dimensions[0] - row)
    guard count > 0 else {
      guard try reader.read(1).isEmpty else {
        let wanted = dimensions[0] * features
        throw .idx(path: reader.path, .tooLong(wanted: wanted, foundAtLeast: wanted + 1))
      }
      return nil
    }
    let bytes = try reader.read(count * features)
    guard bytes.count == count * features else {
      throw .idx(
        path: reader.path,
        .truncated(wanted: dimensions[0] * features, found: row * features + bytes.count))
    }
    row += count
    // Bytes are pixels only in pictures.
    var block = ExampleBlock(
      inputs: imageSize == nil ? .floats(bytes.map { Float($0) }) : .bytes(bytes), count: count)
    block.share = reader.share
    return block
  }
}
