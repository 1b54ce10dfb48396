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
    var buffers: [ObjectIdentifier: Int] = [:]
    for access in accesses {
      let buffer = buffers[ObjectIdentifier(access.buffer)] ?? buffers.count
      buffers[ObjectIdentifier(access.buffer)] = buffer
      operands.append(sized(access, buffer, size))
    }
    self.buffers = [Int](repeating: 0, count: buffers.count)
    for buffer in 0..<buffers.count {
      place(operands.indices.filter { operands[$0].buffer == buffer })
    }
  }

  private func sized(
    _ access: Access<B>, _ buffer: Int, _ size: (Int) -> Int
  ) -> OperationSketch.Operand {
    let content = access.content
    let examples = batchSize + Self.spare
    var (rows, columns) = (content.rows, size(content.columns))
    if content.rows > 1 { rows = content.isPerExample ? examples : size(content.rows) }
    if content.rows == 1, content.isPerExample, content.element != .byte { columns = examples }
    // One number for each row of a batch, perhaps of a larger one.
    if content.rows == 1, batchSize > 0, case .rows(_, 1) = access.division { columns = batchSize }
    let isPadded =
      content.stride == MatrixLayout.stride(columns: content.columns) && !content.isPerExample
      && (content.rows > 1 || content.stride > content.columns)
    return OperationSketch.Operand(
      buffer: buffer, offset: 0, rows: rows, columns: columns,
      stride: isPadded ? MatrixLayout.stride(columns: columns) : columns,
      element: content.element.rawValue)
  }

  /// Places the operands of one buffer, given by their numbers: those that hold no others one after
  /// the other, the others around theirs.
  private mutating func place(_ members: [Int]) {
    let sorted = members.sorted {
      let (a, b) = (accesses[$0].bytes, accesses[$1].bytes)
      return a.lowerBound == b.lowerBound
        ? a.upperBound > b.upperBound : a.lowerBound < b.lowerBound
    }
    func holds(_ outer: Int, _ inner: Int) -> Bool {
      let (a, b) = (accesses[outer].bytes, accesses[inner].bytes)
      return a != b && a.lowerBound <= b.lowerBound && a.upperBound >= b.upperBound
    }
    var end = 0
    var placed: [Range<Int>: (start: Int, count: Int)] = [:]
    var structured: [Range<Int>: Bool] = [:]
    for member in sorted where !sorted.contains(where: { holds(member, $0) }) {
      let bytes = accesses[member].bytes
      if placed[bytes] == nil {
        // The memory of a matrix as a vector has its padding too.
        let count =
          sorted.filter { accesses[$0].bytes == bytes }
          .map { operands[$0].rows * operands[$0].stride }.max() ?? 0
        let padded = sorted.filter { accesses[$0].bytes == bytes && operands[$0].rows > 1 }
          .map { operands[$0].rows * operands[$0].stride }.max()
        structured[bytes] = padded != nil
        placed[bytes] = (end, padded ?? count)
        end = (end + (padded ?? count)).rounded(to: MatrixLayout.rowAlignment)
      }
      let place = placed[bytes] ?? (0, 0)
      operands[member].offset = place.start
      if operands[member].rows == 1, accesses[member].content.element == .float,
        !accesses[member].content.isPerExample, structured[bytes] == true,
        operands[member].stride != place.count
      {
        operands[member].columns = place.count
        operands[member].stride = place.count
      }
    }
    for member in sorted {
      let inner = sorted.filter { holds(member, $0) }
      guard !inner.isEmpty else { continue }
      let leaves = inner.filter { leaf in !sorted.contains { holds(leaf, $0) } }
      let start = leaves.map { operands[$0].offset }.min() ?? 0
      let last = leaves.map { operands[$0].offset + operands[$0].rows * operands[$0].stride }.max()
      operands[member].offset = start
      if operands[member].rows == 1 {
        operands[member].columns = (last ?? start) - start
        operands[member].stride = operands[member].columns
      }
    }
    guard let first = members.first else { return }
    let numbers = members.map { operands[$0].offset + operands[$0].rows * operands[$0].stride }
    buffers[operands[first].buffer] = (numbers.max() ?? 0).rounded(to: 16) * 4
  }
}

extension Int {
  fileprivate func rounded(to unit: Int) -> Int { (self + unit - 1) / unit * unit }
}
