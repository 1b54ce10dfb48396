extension Operation.Update {
  /// The same update of some consecutive elements.
  ///
  /// - Parameters:
  ///   - start: The first element, a multiple of ``MatrixLayout/rowAlignment``.
  ///   - count: The number of elements.
  package func part(from start: Int, count: Int) -> Operation.Update {
    Operation.Update(
      optimizer: optimizer, parameters: parameters.part(from: start, count: count),
      gradients: gradients.part(from: start, count: count),
      state: state.map { $0.part(from: start, count: count) })
  }

  /// The same update of all elements outside of `ranges`, which may reach beyond the ends.
  package func parts(without ranges: [Range<Int>]) -> [Operation.Update] {
    (0..<parameters.count).parts(without: ranges).map { part(from: $0.lowerBound, count: $0.count) }
  }
}

extension Operation.Decay {
  /// The same decay of some consecutive elements.
  ///
  /// - Parameters:
  ///   - start: The first element, a multiple of ``MatrixLayout/rowAlignment``.
  ///   - count: The number of elements.
  package func part(from start: Int, count: Int) -> Operation.Decay {
    Operation.Decay(
      weights: weights.part(from: start, count: count), decay: decay, learningRate: learningRate)
  }

  /// The same decay of all elements outside of `ranges`, which may reach beyond the ends.
  package func parts(without ranges: [Range<Int>]) -> [Operation.Decay] {
    (0..<weights.count).parts(without: ranges).map { part(from: $0.lowerBound, count: $0.count) }
  }
}

extension Vector {
  /// Some consecutive elements.
  fileprivate func part(from start: Int, count: Int) -> Vector {
    Vector(buffer: buffer, offset: offset + start, count: count)
  }
}

extension Range<Int> {
  /// What `ranges`, in any order, leave of this range.
  fileprivate func parts(without ranges: [Range<Int>]) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = lowerBound
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let end = Swift.min(range.lowerBound, upperBound)
      if start < end { parts.append(start..<end) }
      start = Swift.max(start, range.upperBound)
    }
    if start < upperBound { parts.append(start..<upperBound) }
    return parts
  }
}
