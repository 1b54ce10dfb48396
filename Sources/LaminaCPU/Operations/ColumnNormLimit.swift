import Lamina

extension Operation.ColumnNormLimit where B == CPUBackend {
  /// Each thread limits its columns, sixteen at a time.
  func tasks() -> TaskGroup {
    let rows = Rows(matrix)
    let (groups, limit) = (units, limit)
    return TaskGroup(self, "ColumnNormLimit") { part in
      for group in part.rows(of: groups) {
        let first = group * 16
        rows.limitNorms(of: first..<min(first + 16, rows.columns), to: limit)
      }
    }
  }
}

extension Rows {
  /// Scales those of up to sixteen columns that are longer than `limit`.
  fileprivate func limitNorms(of columns: Range<Int>, to limit: Float) {
    var squares = Floats.zero
    for row in 0..<rows {
      let x = load(row, columns)
      squares += x * x
    }
    var scales = Floats(repeating: 1)
    for lane in 0..<columns.count {
      let norm = squares[lane].squareRoot()
      if !norm.isFinite { scales[lane] = .nan } else if norm > limit { scales[lane] = limit / norm }
    }
    if scales == Floats(repeating: 1) { return }
    for row in 0..<rows { store(load(row, columns) * scales, row, columns) }
  }

  @inline(__always)
  private func load(_ row: Int, _ columns: Range<Int>) -> Floats {
    let start = self[row] + columns.lowerBound
    if hasPadding { return start.vector(at: 0) }
    var x = Floats.zero
    for lane in 0..<columns.count { x[lane] = start[lane] }
    return x
  }

  @inline(__always)
  private func store(_ x: Floats, _ row: Int, _ columns: Range<Int>) {
    let start = self[row] + columns.lowerBound
    if hasPadding { return start.store(x, at: 0) }
    for lane in 0..<columns.count { start[lane] = x[lane] }
  }
}
