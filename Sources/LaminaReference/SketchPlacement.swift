import Lamina

/// Places the operands of one buffer of a sketch as they lie in the buffer of the list, with their new
/// sizes. Operands that hold no others follow each other; the others go around theirs.
struct SketchPlacement {
  /// An operand with the bytes that it takes in the buffer of the list.
  struct Member {
    let bytes: Range<Int>
    /// Whether it may be the memory of a matrix, padding included.
    let isVector: Bool
    var operand: OperationSketch.Operand

    /// Whether another lies within it.
    func holds(_ other: Member) -> Bool {
      bytes != other.bytes && bytes.lowerBound <= other.bytes.lowerBound
        && bytes.upperBound >= other.bytes.upperBound
    }
  }

  /// The operands, in the order given.
  private(set) var members: [Member]

  /// The numbers that the buffer needs.
  var count: Int { members.map(\.end).max() ?? 0 }

  init(_ members: [Member]) {
    self.members = members
    let leaves = members.indices.filter { leaf in
      !members.contains { members[leaf].holds($0) }
    }
    placeInOrder(leaves)
    for outer in members.indices where !leaves.contains(outer) {
      placeAround(leaves.filter { members[outer].holds(members[$0]) }, outer)
    }
  }

  /// Operands of the same bytes stay in the same place.
  private mutating func placeInOrder(_ leaves: [Int]) {
    let ranges = Set(leaves.map { members[$0].bytes }).sorted {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }
    var end = 0
    for bytes in ranges {
      let group = leaves.filter { members[$0].bytes == bytes }
      // A matrix knows of its padding, and its memory as a vector is as long.
      let matrices = group.filter { members[$0].operand.rows > 1 }
      let count = (matrices.isEmpty ? group : matrices).map { members[$0].operand.count }.max() ?? 0
      for member in group {
        members[member].operand.offset = end
        if !matrices.isEmpty, members[member].isVector { members[member].operand.setCount(count) }
      }
      end = (end + count).rounded(to: MatrixLayout.rowAlignment)
    }
  }

  private mutating func placeAround(_ leaves: [Int], _ outer: Int) {
    let start = leaves.map { members[$0].operand.offset }.min() ?? 0
    let end = leaves.map { members[$0].end }.max() ?? start
    members[outer].operand.offset = start
    if members[outer].isVector { members[outer].operand.setCount(end - start) }
  }
}

extension SketchPlacement.Member {
  /// Where it ends in the sketch's buffer, in numbers.
  fileprivate var end: Int { operand.offset + operand.count }
}

extension OperationSketch.Operand {
  /// Numbers in memory, padding included.
  fileprivate var count: Int { rows * stride }

  fileprivate mutating func setCount(_ count: Int) { (columns, stride) = (count, count) }
}

extension Int {
  /// The least multiple of `unit` that is not less.
  func rounded(to unit: Int) -> Int { (self + unit - 1) / unit * unit }
}
