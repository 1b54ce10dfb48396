import Lamina

/// The end of a step: operations on gradients, parameters and state, number by number, with one
/// update among them. A number has the same index in all of these.
struct FlatUpdate {
  /// One of the operations, with the indices of its numbers.
  struct Member {
    let call: KernelCall
    let accesses: [Access<OpenCLBackend>]
    let indices: Range<Int>
    /// Elementary operations for a number.
    let work: Int
  }

  let operations: [Operation<OpenCLBackend>]
  private let members: [Member]
  /// The place of index 0 in each buffer, in numbers.
  private let bases: [ObjectIdentifier: Int]
  /// The number of indices.
  private let count: Int

  /// The operations that a list begins with; nil where these are none.
  init?(_ list: ArraySlice<Operation<OpenCLBackend>>, _ calls: StepCalls) {
    operations = Array(list.prefix { $0.isByNumbers })
    let updates = operations.compactMap { operation in
      if case .update(let update) = operation { update } else { nil }
    }
    guard updates.count == 1, let update = updates.first else { return nil }
    count = update.parameters.count
    var bases: [ObjectIdentifier: Int] = [:]
    for vector in [update.parameters, update.gradients] + update.state {
      let key = ObjectIdentifier(vector.buffer)
      if let other = bases[key], other != vector.offset { return nil }
      bases[key] = vector.offset
    }
    self.bases = bases
    var members: [Member] = []
    for operation in operations {
      guard let call = calls.operations.call(operation),
        let indices = Self.indices(of: operation.accesses, bases), indices.lowerBound >= 0,
        indices.upperBound <= count
      else { return nil }
      members.append(
        Member(
          call: call, accesses: operation.accesses, indices: indices,
          work: max(1, operation.work / max(1, indices.count))))
    }
    self.members = members
  }

  /// The indices of an operation, which are the same by all of its operands.
  private static func indices(
    of accesses: [Access<OpenCLBackend>], _ bases: [ObjectIdentifier: Int]
  ) -> Range<Int>? {
    let all = accesses.map { access -> Range<Int>? in
      guard let base = bases[ObjectIdentifier(access.buffer)] else { return nil }
      let start = access.offset / 4 - base
      return start..<start + access.content.columns
    }
    guard let first = all.first, all.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  /// Numbers that belong to the units of a part: `stride` each.
  struct Piece {
    /// The place of the part in its phase.
    let part: Int
    let range: Range<Int>
    let stride: Int
  }

  /// The numbers whose gradients parts make.
  func pieces(of parts: [StepPart]) -> [Piece] {
    parts.indices.flatMap { place in
      parts[place].accesses.compactMap { piece($0, of: parts[place], at: place) }
    }
  }

  private func piece(
    _ access: Access<OpenCLBackend>, of part: StepPart, at place: Int
  ) -> Piece? {
    guard part.tiles == nil, access.use.writes, let base = bases[ObjectIdentifier(access.buffer)],
      case .rows(let rows, let stride) = access.division
    else { return nil }
    let start = access.offset / 4 - base
    let numbers = access.content.rows * access.content.stride
    // The padding up to the next tensor goes with it.
    let end = min(count, start + numbers.rounded(upTo: MatrixLayout.rowAlignment))
    guard start >= 0, start + numbers <= count else { return nil }
    switch part.division {
    case .rows:
      guard rows == part.count else { return nil }
      return Piece(part: place, range: start..<end, stride: stride)
    case .columns, .numbers:
      guard numbers == part.count, stride == 16 else { return nil }
      return Piece(part: place, range: start..<end, stride: 1)
    }
  }

  /// True if the numbers of a piece may change in a phase with a part: their gradients come from
  /// the piece's own part, and nothing else touches them.
  func isFree(_ piece: Piece, of part: StepPart, isOwn: Bool) -> Bool {
    let own = accesses(in: piece.range)
    return part.accesses.allSatisfy { access in
      !own.contains { $0.dependsOn(access) }
        || isOwn && access.use.writes
          && self.piece(access, of: part, at: piece.part)?.range
            == piece.range
    }
  }

  /// The calls for the numbers of a piece.
  func calls(of piece: Piece) -> [StepPartCall] {
    members.filter { $0.indices.overlaps(piece.range) }.map { member in
      .numbers(
        member.call,
        NumbersOfUnits(
          start: piece.range.lowerBound, stride: piece.stride, end: piece.range.upperBound,
          operation: member.indices))
    }
  }

  /// The memory that the operations touch for some indices.
  func accesses(in range: Range<Int>) -> [Access<OpenCLBackend>] {
    members.flatMap { member in
      let own = range.clamped(to: member.indices)
      return own.isEmpty
        ? []
        : member.accesses.map { $0.part(own.lowerBound - member.indices.lowerBound, own.count) }
    }
  }

  func work(in range: Range<Int>) -> Int {
    members.reduce(0) { $0 + $1.work * range.clamped(to: $1.indices).count }
  }

  /// The indices that no piece has.
  func rest(without pieces: [Range<Int>]) -> [Range<Int>] {
    var rest: [Range<Int>] = []
    var start = 0
    for piece in pieces.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if start < piece.lowerBound { rest.append(start..<piece.lowerBound) }
      start = max(start, piece.upperBound)
    }
    if start < count { rest.append(start..<count) }
    return rest
  }

  /// A part for some indices.
  func part(_ range: Range<Int>) -> StepPart {
    StepPart(
      calls(of: Piece(part: 0, range: range, stride: 1)), count: range.count,
      accesses(in: range), work: work(in: range))
  }
}

extension Operation<OpenCLBackend> {
  /// True if it changes vectors number by number and looks at nothing else.
  fileprivate var isByNumbers: Bool {
    switch self {
    case .update, .decay, .penaltyGradient, .clip: true
    default: false
    }
  }

  /// Elementary operations.
  var work: Int { content.work }
}

extension Access<OpenCLBackend> {
  /// Some numbers of a vector.
  fileprivate func part(_ start: Int, _ count: Int) -> Access {
    Access(
      label: label, buffer: buffer, offset: offset + 4 * start,
      content: Content(element: .float, rows: 1, columns: count, stride: count), use: use,
      division: .whole)
  }
}
