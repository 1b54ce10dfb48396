extension Operation.Update {
  /// The same update of some consecutive elements.
  ///
  /// - Parameters:
  ///   - start: The first element, a multiple of ``MatrixLayout/rowAlignment``.
  ///   - count: The number of elements.
  package func part(from start: Int, count: Int) -> Operation.Update {
    func part(_ vector: Vector<B>) -> Vector<B> {
      Vector(buffer: vector.buffer, offset: vector.offset + start, count: count)
    }
    return Operation.Update(
      optimizer: optimizer, parameters: part(parameters), gradients: part(gradients),
      state: state.map(part))
  }

  /// The same update of all elements outside of `ranges`, which may reach beyond the ends.
  package func parts(without ranges: [Range<Int>]) -> [Operation.Update] {
    var parts: [Operation.Update] = []
    var start = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let end = min(range.lowerBound, parameters.count)
      if start < end { parts.append(part(from: start, count: end - start)) }
      start = max(start, range.upperBound)
    }
    if start < parameters.count {
      parts.append(part(from: start, count: parameters.count - start))
    }
    return parts
  }
}
