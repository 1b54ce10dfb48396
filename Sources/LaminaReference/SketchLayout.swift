import Lamina

/// The operands of a list, with the sizes that a sketch of it has, laid out anew.
struct SketchLayout<B: Backend> {
  private(set) var buffers: [Int] = []
  private(set) var operands: [OperationSketch.Operand] = []
  /// The rows of a batch.
  private(set) var batchSize: Int

  /// Examples beyond a batch, so that a second batch can begin further on.
  static var spare: Int { 2 }

  private struct Key: Hashable {
    let buffer: ObjectIdentifier
    let bytes: Range<Int>
    let rows, columns, stride: Int
  }
  private var numbers: [Key: Int] = [:]
  private var accesses: [Access<B>] = []

  init(_ operations: [Operation<B>], size: (Int) -> Int) {
    let rows = operations.lazy.compactMap { $0.content.batchRows }.first
    // A matrix of one row is known by that alone.
    batchSize = rows.map { $0 == 1 ? 1 : size($0) } ?? 0
    for access in operations.flatMap(\.accesses) { add(access) }
    for case .update(let update) in operations { copyLayout(of: update) }
    layOut(size)
  }

  private mutating func add(_ access: Access<B>) {
    let key = Self.key(access)
    if let known = numbers[key] {
      if access.content.isPerExample { accesses[known] = access }
      return
    }
    numbers[key] = accesses.count
    accesses.append(access)
  }

  /// Parameters and state are laid out like their gradients.
  private mutating func copyLayout(of update: Operation<B>.Update) {
    let whole = Access<B>.vector("", update.gradients, .read)
    let parts = accesses.filter {
      $0.overlaps(whole) && ($0.bytes != whole.bytes || $0.content.rows > 1)
    }
    for vector in [update.parameters] + update.state {
      let shift = (vector.offset - update.gradients.offset) * 4
      for part in parts {
        add(
          Access(
            label: part.label, buffer: vector.buffer, offset: part.offset + shift,
            content: part.content, use: part.use, division: part.division))
      }
    }
  }

  func number(of operand: Access<B>) -> Int {
    guard let number = numbers[Self.key(operand)] else {
      preconditionFailure("an operand of \(operand.content) that no access tells of")
    }
    return number
  }

  private static func key(_ access: Access<B>) -> Key {
    Key(
      buffer: ObjectIdentifier(access.buffer), bytes: access.bytes, rows: access.content.rows,
      columns: access.content.columns, stride: access.content.stride)
  }

  private mutating func layOut(_ size: (Int) -> Int) {
    var numbers: [ObjectIdentifier: Int] = [:]
    for access in accesses {
      let buffer = numbers[ObjectIdentifier(access.buffer)] ?? numbers.count
      numbers[ObjectIdentifier(access.buffer)] = buffer
      operands.append(sized(access, buffer, size))
    }
    for buffer in 0..<numbers.count {
      let places = operands.indices.filter { operands[$0].buffer == buffer }
      let placement = SketchPlacement(places.map(member))
      for (place, member) in zip(places, placement.members) { operands[place] = member.operand }
      buffers.append(placement.count.rounded(to: MatrixLayout.rowAlignment) * 4)
    }
  }

  private func member(_ place: Int) -> SketchPlacement.Member {
    let content = accesses[place].content
    return SketchPlacement.Member(
      bytes: accesses[place].bytes,
      isVector: content.rows == 1 && content.element == .float && !content.isPerExample,
      operand: operands[place])
  }

  private func sized(
    _ access: Access<B>, _ buffer: Int, _ size: (Int) -> Int
  ) -> OperationSketch.Operand {
    let content = access.content
    let examples = batchSize + Self.spare
    var (rows, columns) = (content.rows, size(content.columns))
    if content.hasRowPerExample {
      rows = examples
    } else if content.rows > 1 {
      rows = content.isPerExample ? examples : size(content.rows)
    } else if content.isPerExample {
      columns = examples
    }
    // One number for each row of a batch, perhaps of a larger one.
    if content.rows == 1, batchSize > 0, case .rows(_, 1) = access.division { columns = batchSize }
    return OperationSketch.Operand(
      buffer: buffer, offset: 0, rows: rows, columns: columns,
      stride: stride(content, columns: columns), element: content.element.rawValue)
  }

  /// The stride of an operand that has so many columns in the sketch.
  ///
  /// Rows that start at multiples of a whole vector still do so, because kernels may read them by
  /// whole vectors.
  private func stride(_ content: Access<B>.Content, columns: Int) -> Int {
    let hasRows = content.rows > 1 || content.stride > content.columns
    guard hasRows, !content.isPerExample else { return columns }
    if content.stride == MatrixLayout.stride(columns: content.columns) {
      return MatrixLayout.stride(columns: columns)
    }
    let alignment = MatrixLayout.rowAlignment
    return content.stride.isMultiple(of: alignment) ? columns.rounded(to: alignment) : columns
  }
}
