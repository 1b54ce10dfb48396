/// An array in numpy's NPY format, with its elements in C order.
struct NPYArray: Sendable {
  /// The elements; the last dimension varies fastest.
  enum Elements {
    /// Unsigned bytes.
    case bytes([UInt8])
    case booleans([UInt8])
    case integers([Int])
    case floats([Float])
    case doubles([Double])
    case texts([String])
  }

  let shape: [Int]
  let elements: Elements

  /// Reads the content of an NPY file; `name` is for messages.
  init(_ bytes: [UInt8], name: String) throws(ArrayProblem) {
    let header = try NPYHeader(bytes)
    let count = header.count
    let found = bytes.count - header.length
    guard found == count * header.type.size else {
      throw .size(shape: header.shape, wanted: count * header.type.size, found: found)
    }
    try self.init(bytes, header, name: name)
  }

  /// Reads elements of which the header is known.
  init(_ bytes: [UInt8], _ header: NPYHeader, name: String) throws(ArrayProblem) {
    shape = header.shape
    elements = try NPYElements(bytes: bytes, header: header).elements(name)
    if let index = elements.firstNotFinite { throw .notFinite(array: name, index: index) }
  }
}

extension NPYArray.Elements {
  /// The index of the first element that is infinite, NaN or beyond the range of a 32-bit float.
  fileprivate var firstNotFinite: Int? {
    switch self {
    case .bytes, .booleans, .integers, .texts: nil
    case .floats(let floats): floats.firstIndex { !$0.isFinite }
    case .doubles(let doubles): doubles.firstIndex { !Float($0).isFinite }
    }
  }
}

/// Reads the elements in C order, whatever their order in the file.
private struct NPYElements {
  let bytes: [UInt8]
  let header: NPYHeader

  /// The elements according to their type; `name` is for messages.
  func elements(_ name: String) throws(ArrayProblem) -> NPYArray.Elements {
    switch header.type {
    case .bool: .booleans(map { bytes[$0] == 0 ? 0 : 1 })
    case .integer(1, false): .bytes(map { bytes[$0] })
    case .integer(8, false): try unsigned(name)
    case .integer(let size, let isSigned): .integers(map { integer($0, size, isSigned) })
    case .float(2): .floats(map { Float(Float16(bitPattern: UInt16(word($0)))) })
    case .float(4): .floats(map { Float(bitPattern: UInt32(word($0))) })
    case .float: .doubles(map { Double(bitPattern: word($0)) })
    case .text(let length, let characterBytes):
      .texts(try texts(length: length, characterBytes: characterBytes, name))
    }
  }

  private func integer(_ offset: Int, _ size: Int, _ isSigned: Bool) -> Int {
    let spare = 64 - 8 * size
    let word = word(offset) << spare
    return isSigned ? Int(Int64(bitPattern: word) >> spare) : Int(word >> spare)
  }

  /// Unsigned 64-bit numbers, as doubles if a signed integer is too small for one of them.
  private func unsigned(_ name: String) throws(ArrayProblem) -> NPYArray.Elements {
    let words = map(word)
    if words.allSatisfy({ $0 <= UInt64(Int.max) }) { return .integers(words.map { Int($0) }) }
    if let index = words.firstIndex(where: { UInt64(exactly: Double($0)) != $0 }) {
      throw .inexact(array: name, index: index, number: "\(words[index])")
    }
    return .doubles(words.map { Double($0) })
  }

  /// Texts, without the zeros that pad them.
  private func texts(
    length: Int, characterBytes: Int, _ name: String
  ) throws(ArrayProblem) -> [String] {
    var texts: [String] = []
    for (index, offset) in map({ $0 }).enumerated() {
      let text: String?
      if characterBytes == 1 {
        let content = bytes[offset..<offset + length]
        let end = content.lastIndex { $0 != 0 }.map { $0 + 1 } ?? offset
        text = String(validating: bytes[offset..<end], as: UTF8.self)
      } else {
        var units = (0..<length).map { UInt32(word(offset + 4 * $0, size: 4)) }
        while units.last == 0 { units.removeLast() }
        text = String(validating: units, as: UTF32.self)
      }
      guard let text else { throw .text(array: name, index: index) }
      texts.append(text)
    }
    return texts
  }

  /// Applies `element` to the offset of each element.
  func map<Element>(_ element: (Int) -> Element) -> [Element] {
    let (shape, size) = (header.shape, header.type.size)
    guard header.isFortranOrder, shape.count > 1 else {
      return (0..<header.count).map { element(header.length + $0 * size) }
    }
    // In Fortran order the first dimension varies fastest.
    var steps = [1]
    for length in shape.dropLast() { steps.append(steps[steps.count - 1] * length) }
    var index = [Int](repeating: 0, count: shape.count)
    return (0..<header.count).map { _ in
      let place = zip(index, steps).reduce(0) { $0 + $1.0 * $1.1 }
      for dimension in shape.indices.reversed() {
        index[dimension] += 1
        if index[dimension] < shape[dimension] { break }
        index[dimension] = 0
      }
      return element(header.length + place * size)
    }
  }

  /// The bits of the element at `offset`, in this machine's byte order.
  func word(_ offset: Int) -> UInt64 { word(offset, size: header.type.size) }

  private func word(_ offset: Int, size: Int) -> UInt64 {
    (0..<size).reduce(0) { word, place in
      word << 8 | UInt64(bytes[offset + (header.isBigEndian ? place : size - 1 - place)])
    }
  }
}
