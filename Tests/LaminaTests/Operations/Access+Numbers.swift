import Lamina

extension ReferenceAccess {
  /// The places of its numbers in the buffer, padding left out; of bytes, those of each four.
  var numbers: [Int] {
    if content.element == .byte { return Array(bytes.lowerBound / 4..<(bytes.upperBound + 3) / 4) }
    return (0..<content.rows).flatMap { row in
      (0..<content.columns).map { offset / 4 + row * content.stride + $0 }
    }
  }

  /// Into how many parts it is divided.
  var partCount: Int {
    switch division {
    case .whole: 1
    case .rows(let count, _), .columns(let count): count
    }
  }

  /// The places of the numbers of a part.
  func numbers(of part: Int) -> [Int] {
    let start = offset / 4
    return numbers.filter { place in
      switch division {
      case .whole: true
      case .rows(_, let stride): (place - start) / stride == part
      case .columns: (place - start) % content.stride == part
      }
    }
  }
}

extension [[UInt8]] {
  /// Another number, not below zero where the old one is not; no two numbers change by the same.
  mutating func perturb(_ place: OperationAccessTests.Place) {
    let (buffer, number) = (place.buffer, place.number)
    let old = self[buffer].withUnsafeBytes {
      $0.load(fromByteOffset: 4 * number, as: Float.self)
    }
    let share = Float(number) * 0.618
    let new = old + 0.25 + 2 * (share - share.rounded(.down))
    self[buffer].withUnsafeMutableBytes {
      $0.storeBytes(of: new, toByteOffset: 4 * number, as: Float.self)
    }
  }

  /// Other numbers of an operand: whole ones stay below their bound.
  mutating func perturb(_ access: ReferenceAccess, _ memory: OperationMemory) {
    let buffer = memory.number(of: access)
    for number in access.numbers {
      switch access.content.element {
      case .float: perturb(OperationAccessTests.Place(buffer: buffer, number: number))
      case .byte:
        for index in 4 * number..<Swift.min(4 * number + 4, self[buffer].count) {
          self[buffer][index] &+= 1
        }
      case .integer:
        let bound = Int32(access.content.bound ?? 1)
        self[buffer].withUnsafeMutableBytes {
          let old = $0.load(fromByteOffset: 4 * number, as: Int32.self)
          $0.storeBytes(of: (old + 1) % bound, toByteOffset: 4 * number, as: Int32.self)
        }
      }
    }
  }
}
