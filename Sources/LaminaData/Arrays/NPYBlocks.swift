import Lamina

/// Reads the rows of an NPY file block by block: inputs, with or without the targets beside them.
final class NPYBlocks: ExampleBlocks {
  private static let name = "the array"
  private static let blockBytes = 1 << 22

  private let reader: ByteReader
  private let header: NPYHeader
  /// The columns that are inputs; nil if all are.
  private let chosen: [Int]?
  private var row = 0

  let features: Int
  let imageSize: ImageSize?
  let keptNames: [String] = []
  private(set) var decisions: [DataDecision]

  /// - Parameters:
  ///   - reader: The content, of which nothing is read yet.
  ///   - schema: The inputs of the model, by position.
  ///   - options: The options of the training data.
  init(_ reader: ByteReader, schema: DataSchema, options: DataOptions) throws(DataError) {
    self.reader = reader
    let path = reader.path
    header = try problems(of: path, as: DataError.array, NPYHeader(reader.peekHeader()))
    _ = try reader.read(header.length)
    let columns = header.shape.dropFirst().reduce(1, *)
    guard header.shape.first != nil, columns > 0 else {
      throw .array(path: path, .emptyInputs(array: Self.name, shape: header.shape))
    }
    let one = try problems(
      of: path, as: DataError.array,
      NPYArray([UInt8](repeating: 0, count: columns * header.type.size), header.rows(1), name: ""))
    decisions = one.decisions(Self.name)
    guard columns != schema.columns.count, header.shape.count == 2 else {
      (features, imageSize, chosen) = (columns, one.imageSize, nil)
      return
    }
    let match = try problems(
      of: path, as: DataError.table,
      SchemaMatch(
        schema, names: (1...columns).map { "\($0)" }, isNamed: false, options: options,
        inputsOnly: []))
    decisions += match?.decisions ?? []
    (features, imageSize, chosen) = (match?.features.count ?? columns, nil, match?.features)
  }

  func next() throws(DataError) -> ExampleBlock? {
    let rowBytes = header.type.size * header.shape.dropFirst().reduce(1, *)
    let rows = header.shape[0]
    // In Fortran order, a row is spread over the whole file.
    let most = header.isFortranOrder && header.shape.count > 1 ? rows : Self.blockBytes / rowBytes
    let count = min(max(1, most), rows - row)
    guard count > 0 else {
      try refuseMore()
      return nil
    }
    let bytes = try reader.read(count * rowBytes)
    guard bytes.count == count * rowBytes else {
      throw sizeError(found: row * rowBytes + bytes.count)
    }
    row += count
    let inputs = try problems(
      of: reader.path, as: DataError.array,
      NPYArray(bytes, header.rows(count), name: Self.name).inputs(Self.name))
    let columns = header.shape.dropFirst().reduce(1, *)
    var block = ExampleBlock(
      inputs: chosen.map { ArrayTable.inputs(inputs, $0, columns) } ?? inputs, count: count)
    block.share = reader.share
    return block
  }

  private func refuseMore() throws(DataError) {
    let more = try reader.read(1)
    if !more.isEmpty { throw sizeError(found: header.count * header.type.size + 1) }
  }

  private func sizeError(found: Int) -> DataError {
    .array(
      path: reader.path,
      .size(shape: header.shape, wanted: header.count * header.type.size, found: found))
  }
}

extension ByteReader {
  /// More than the headers that numpy writes.
  fileprivate func peekHeader() throws(ArrayProblem) -> [UInt8] {
    do throws(DataError) { return try peek(1 << 16) } catch { throw .headerTruncated }
  }
}
