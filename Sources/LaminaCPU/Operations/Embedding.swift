import Lamina

extension Operation.Embedding where B == CPUBackend {
  /// Each thread takes its rows.
  func tasks() -> TaskGroup {
    let (x, table, y) = (Rows(input), Rows(self.table), Rows(output))
    let (place, copied) = (place, copied)
    return TaskGroup(self, "Embedding") { part in
      for row in part.rows(of: x.rows) {
        let (source, target) = (x[row], y[row])
        if copied > 0 { target.update(from: source, count: copied) }
        let numbers = target + place.start
        if let category = Category(source[place.category], of: table.rows)?.number {
          numbers.update(from: table[category], count: table.columns)
        } else {
          numbers.update(repeating: 0, count: table.columns)
        }
      }
    }
  }
}

extension Operation.EmbeddingGradients where B == CPUBackend {
  /// Each thread takes its categories, and goes through all rows of the batch for them.
  func tasks() -> TaskGroup {
    let (d, x, target) = (Rows(delta), Rows(input), Rows(gradients))
    let (place, beta) = (place, beta)
    return TaskGroup(self, "EmbeddingGradients") { part in
      let own = part.rows(of: target.rows)
      if beta == 0 {
        for category in own { target[category].update(repeating: 0, count: target.columns) }
      } else if beta != 1 {
        target.scale(own, by: beta)
      }
      for row in 0..<x.rows {
        guard let category = Category(x[row][place.category], of: target.rows)?.number,
          own.contains(category)
        else { continue }
        let (change, sums) = (d[row] + place.start, target[category])
        for column in 0..<target.columns { sums[column] += change[column] }
      }
    }
  }
}

/// A number that names a row of a table.
private struct Category {
  let number: Int

  /// Nil for a number that names none, such as -1, 0.5 or NaN.
  @inline(__always)
  init?(_ value: Float, of count: Int) {
    guard value >= 0, value < Float(count) else { return nil }
    number = Int(value)
    if Float(number) != value { return nil }
  }
}
