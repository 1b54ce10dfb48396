/// An array of numpy's NPY format, its elements in C order.
struct NPYArray: Sendable {
  /// The elements, the last dimension fastest.
  enum Elements {
    case bytes([UInt8])
    case integers([Int])
    case floats([Float])
    case doubles([Double])
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
    let reader = NPYElements(bytes: bytes, header: header)
    shape = header.shape
    switch header.type {
    case .bool, .uint8: elements = .bytes(reader.map { bytes[$0] })
    case .int32:
      elements = .integers(reader.map { Int(Int32(truncatingIfNeeded: reader.word($0))) })
    case .int64: elements = .integers(reader.map { Int(Int64(bitPattern: reader.word($0))) })
    case .float32:
      elements = .floats(
        reader.map { Float(bitPattern: UInt32(truncatingIfNeeded: reader.word($0))) })
    case .float64:
      elements = .doubles(reader.map { Double(bitPattern: reader.word($0)) })
    }
    if let index = elements.firstNotFinite { throw .notFinite(array: name, index: index) }
  }
}

extension NPYArray.Elements {
  /// The place of an element that is infinite, no number, or beyond the range of a 32-bit float.
  fileprivate var firstNotFinite: Int? {
    switch self {
    case .bytes, .integers: nil
    case .floats(let floats): floats.firstIndex { !$0.isFinite }
    case .doubles(let doubles): doubles.firstIndex { !Float($0).isFinite }
    }
  }
}

/// Walks over the elements in C order, wherever they lie.
private struct NPYElements {
  let bytes: [UInt8]
  let header: NPYHeader

  /// What `element` makes of the offsets of all elements.
  func map<Element>(_ element: (Int) -> Element) -> [Element] {
    let (shape, size) = (header.shape, header.type.size)
    guard header.isFortranOrder, shape.count > 1 else {
      return (0..<header.count).map { element(header.length + $0 * size) }
    }
    // In Fortran order the first dimension is the fastest.
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

  /// The bits of the element at `offset`, in this machine's order.
  func word(_ offset: Int) -> UInt64 {
    let size = header.type.size
    return (0..<size).reduce(0) { word, place in
      word << 8 | UInt64(bytes[offset + (header.isBigEndian ? place : size - 1 - place)])
    }
  }
}
