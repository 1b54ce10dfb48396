import Lamina

extension Operation.LayerNormalization where B == CPUBackend {
  /// Each thread takes its rows.
  func tasks() -> TaskGroup {
    let (x, y) = (Rows(input), Rows(output))
    let (scale, shift) = (Elements(layer.scale).start, Elements(layer.shift).start)
    let (means, inverses) = (Elements(rows.mean).start, Elements(rows.inverseDeviation).start)
    let epsilon = epsilon
    return TaskGroup(self, "LayerNormalization") { part in
      for row in part.rows(of: x.rows) {
        let line = RowOfNumbers(matrix: x, row: row)
        let (mean, inverse) = line.statistics(epsilon: epsilon)
        means[row] = mean
        inverses[row] = inverse
        line.forEach { column in
          let normal = (line.load(x, column) - mean) * inverse
          let value = normal * line.loadVector(scale, column) + line.loadVector(shift, column)
          line.store(value, to: y, column)
        }
      }
    }
  }
}

extension Operation.LayerNormalizationDelta where B == CPUBackend {
  /// Each thread takes its rows.
  func tasks() -> TaskGroup {
    let (d, x, target) = (Rows(delta), Rows(input), Rows(inputDelta))
    let (means, inverses) = (Elements(rows.mean).start, Elements(rows.inverseDeviation).start)
    let (scales, adding) = (Elements(scale).start, isAdded)
    return TaskGroup(self, "LayerNormalizationDelta") { part in
      for row in part.rows(of: x.rows) {
        let (line, mean, inverse) = (RowOfNumbers(matrix: x, row: row), means[row], inverses[row])
        var (sum, product) = (Floats(), Floats())
        line.forEach { column in
          let scaled = line.load(d, column) * line.loadVector(scales, column)
          sum += scaled
          product += scaled * ((line.load(x, column) - mean) * inverse)
        }
        let (meanDelta, meanProduct) = (
          sum.sum() / Float(x.columns), product.sum() / Float(x.columns)
        )
        line.forEach { column in
          let scaled = line.load(d, column) * line.loadVector(scales, column)
          let normal = (line.load(x, column) - mean) * inverse
          var change = (scaled - (normal * meanProduct + meanDelta)) * inverse
          if adding { change += line.load(target, column) }
          line.store(change, to: target, column)
        }
      }
    }
  }
}

extension Operation.LayerNormalizationGradients where B == CPUBackend {
  /// Each thread takes its columns.
  func tasks() -> TaskGroup {
    let (d, x) = (Rows(delta), Rows(input))
    let (means, inverses) = (Elements(rows.mean).start, Elements(rows.inverseDeviation).start)
    let change = GradientColumns(gradients, beta: beta)
    return TaskGroup(self, "LayerNormalizationGradients") { part in
      let columns = part.columns(of: x, hasPadding: d.hasPadding && x.hasPadding)
      columns.forEach { column in
        let scale = columns.sum { row in
          let normal = (columns.load(x[row], column) - means[row]) * inverses[row]
          return columns.load(d[row], column) * normal
        }
        let shift = columns.sum { row in columns.load(d[row], column) }
        change.accumulate(columns, column, scale: scale, shift: shift)
      }
    }
  }
}

/// One row, sixteen numbers at a time.
private struct RowOfNumbers {
  let matrix: Rows
  let row: Int

  /// Calls `body` with the first column of each sixteen.
  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    var column = 0
    while column < matrix.columns {
      body(column)
      column &+= 16
    }
  }

  /// The numbers of this row in any matrix of the shape, with zeros beyond the end.
  @inline(__always)
  func load(_ matrix: Rows, _ column: Int) -> Floats {
    matrix[row].vector(at: column, before: matrix.columns, hasPadding: matrix.hasPadding)
  }

  /// The numbers of a vector with one number per column, with zeros beyond the end.
  @inline(__always)
  func loadVector(_ vector: UnsafeMutablePointer<Float>, _ column: Int) -> Floats {
    vector.vector(at: column, before: matrix.columns, hasPadding: false)
  }

  @inline(__always)
  func store(_ numbers: Floats, to matrix: Rows, _ column: Int) {
    matrix[row].store(
      numbers, at: column, before: matrix.columns, hasPadding: matrix.hasPadding)
  }

  /// The mean and `1 / √(variance + epsilon)`. The mean is computed as a distance from the first
  /// number, so that it is exact for a row of equal numbers.
  @inline(__always)
  func statistics(epsilon: Float) -> (mean: Float, inverse: Float) {
    let count = Float(matrix.columns)
    let first = matrix[row][0]
    let mean = first + sum { $0 - first } / count
    let variance = sum { ($0 - mean) * ($0 - mean) } / count
    return (mean, 1 / (variance + epsilon).squareRoot())
  }

  @inline(__always)
  private func sum(_ term: (Floats) -> Floats) -> Float {
    var sum = Floats()
    forEach { sum += term(load(matrix, $0)).zeroed(from: matrix.columns &- $0) }
    return sum.sum()
  }
}
