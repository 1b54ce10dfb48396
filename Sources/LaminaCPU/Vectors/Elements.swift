/// The elements of a vector in memory, by a plain address for the inner loops.
struct Elements {
  let start: UnsafeMutablePointer<Float>
  let count: Int
}

extension CPUTask.Part {
  /// The elements of a vector that belong to this part: whole groups of sixteen except at the end.
  @inline(__always)
  func elements(of vector: Elements) -> Range<Int> {
    let mine = rows(of: (vector.count + 15) / 16)
    return min(mine.lowerBound * 16, vector.count)..<min(mine.upperBound * 16, vector.count)
  }
}
