import Lamina

extension Operation.BatchNormalization where B == CPUBackend {
  /// Each thread takes its columns.
  func tasks() -> TaskGroup {
    let (x, y) = (Rows(input), Rows(output))
    let (scale, shift) = (Elements(layer.scale).start, Elements(layer.shift).start)
    let (means, inverses) = (Elements(batch.mean).start, Elements(batch.inverseDeviation).start)
    let statistics = RunningColumns(
      mean: Elements(running.mean).start, variance: Elements(running.variance).start,
      momentum: momentum)
    let epsilon = epsilon
    return TaskGroup(self, "BatchNormalization") { part in
      let columns = part.columns(of: x, hasPadding: x.hasPadding && y.hasPadding)
      columns.withMemory(5) { memory in
        let (mean, squares, sum) = (memory[0], memory[1], memory[2])
        columns.mean(of: x, into: mean, sum)
        columns.sum(into: squares, sum) { row, column, vector in
          let distance = columns.load(x[row], column) - mean[vector]
          return distance * distance
        }
        statistics.update(columns, mean: mean, squares: squares)
        columns.copy(mean, to: means)
        let inverse = squares
        for vector in 0..<columns.vectors {
          let variance = squares[vector] / Float(columns.rows)
          inverse[vector] = 1 / (variance + epsilon).squareRoot()
        }
        columns.copy(inverse, to: inverses)
        columns.copy(scale, to: memory[3])
        columns.copy(shift, to: memory[4])
        columns.forEach { row, column, vector in
          let normal = (columns.load(x[row], column) - mean[vector]) * inverse[vector]
          columns.store(normal * memory[3][vector] + memory[4][vector], to: y[row], column)
        }
      }
    }
  }
}

extension Operation.BatchNormalizationDelta where B == CPUBackend {
  /// Each thread takes its columns.
  func tasks() -> TaskGroup {
    let (d, x, target) = (Rows(delta), Rows(input), inputDelta.map(Rows.init))
    let hasPadding = d.hasPadding && x.hasPadding && target?.hasPadding != false
    let (means, inverses) = (Elements(batch.mean).start, Elements(batch.inverseDeviation).start)
    let (scales, change) = (Elements(scale).start, GradientColumns(gradients, beta: beta))
    let adding = isAdded
    return TaskGroup(self, "BatchNormalizationDelta") { part in
      let columns = part.columns(of: x, hasPadding: hasPadding)
      columns.withMemory(6) { memory in
        let (scaleGradient, shiftGradient, factor) = (memory[0], memory[1], memory[5])
        columns.copy(means, to: memory[3])
        columns.copy(inverses, to: memory[4])
        let normal = { (row: Int, column: Int, vector: Int) -> Floats in
          (columns.load(x[row], column) - memory[3][vector]) * memory[4][vector]
        }
        columns.sum(into: shiftGradient, memory[2]) { row, column, _ in columns.load(d[row], column)
        }
        columns.sum(into: scaleGradient, memory[2]) { row, column, vector in
          columns.load(d[row], column) * normal(row, column, vector)
        }
        change.accumulate(columns, scale: scaleGradient, shift: shiftGradient)
        guard let target else { return }
        columns.copy(scales, to: factor)
        let share = 1 / Float(columns.rows)
        columns.forEach { row, column, vector in
          let common =
            (shiftGradient[vector] + normal(row, column, vector) * scaleGradient[vector]) * share
          var change = columns.load(d[row], column) - common
          change *= factor[vector] * memory[4][vector]
          if adding { change += columns.load(target[row], column) }
          columns.store(change, to: target[row], column)
        }
      }
    }
  }
}

extension Operation.Normalization where B == CPUBackend {
  /// Each thread takes its rows.
  func tasks() -> TaskGroup {
    let (x, y) = (Rows(input), Rows(output))
    let (scale, shift) = (Elements(layer.scale).start, Elements(layer.shift).start)
    let (mean, variance) = (Elements(running.mean).start, Elements(running.variance).start)
    let epsilon = epsilon
    return TaskGroup(self, "Normalize") { part in
      let rows = part.rows(of: x.rows)
      let columns = Columns(
        range: 0..<x.columns, rows: rows.count, hasPadding: x.hasPadding && y.hasPadding)
      columns.withMemory(4) { memory in
        columns.copy(mean, to: memory[0])
        columns.copy(variance, to: memory[1])
        columns.copy(scale, to: memory[2])
        columns.copy(shift, to: memory[3])
        let inverse = memory[1]
        for vector in 0..<columns.vectors {
          inverse[vector] = 1 / (inverse[vector] + epsilon).squareRoot()
        }
        columns.forEach { row, column, vector in
          let row = rows.lowerBound + row
          let normal = (columns.load(x[row], column) - memory[0][vector]) * inverse[vector]
          columns.store(normal * memory[2][vector] + memory[3][vector], to: y[row], column)
        }
      }
    }
  }
}

/// The gradients of scale and shift, by address.
struct GradientColumns {
  private let scale, shift: UnsafeMutablePointer<Float>
  private let beta: Float

  init(_ gradients: NormalizationParameters<CPUBackend>, beta: Float) {
    scale = Elements(gradients.scale).start
    shift = Elements(gradients.shift).start
    self.beta = beta
  }

  /// `gradient = sum + beta · gradient`.
  @inline(__always)
  func accumulate(
    _ columns: Columns, scale: UnsafeMutablePointer<Floats>, shift: UnsafeMutablePointer<Floats>
  ) {
    columns.accumulate(scale, beta: beta, into: self.scale)
    columns.accumulate(shift, beta: beta, into: self.shift)
  }
}

/// Running mean and variance, by address.
private struct RunningColumns {
  let mean, variance: UnsafeMutablePointer<Float>
  let momentum: Float

  /// Moves both towards the values of a batch. `squares` are sums of squared distances from the
  /// mean.
  @inline(__always)
  func update(
    _ columns: Columns, mean: UnsafeMutablePointer<Floats>, squares: UnsafeMutablePointer<Floats>
  ) {
    move(self.mean, columns) { mean[$0] }
    if columns.rows > 1 {
      let share = 1 / Float(columns.rows - 1)
      move(variance, columns) { squares[$0] * share }
    }
  }

  @inline(__always)
  private func move(
    _ running: UnsafeMutablePointer<Float>, _ columns: Columns, _ batch: (Int) -> Floats
  ) {
    for vector in 0..<columns.vectors {
      let column = columns.range.lowerBound + vector * 16
      let old = running.vector(at: column, before: columns.range.upperBound, hasPadding: false)
      running.store(
        (1 - momentum) * old + momentum * batch(vector), at: column,
        before: columns.range.upperBound, hasPadding: false)
    }
  }
}

extension Columns {
  /// The mean of each column, computed as a distance from its first number, so that it is exact for
  /// a column of equal numbers.
  @inline(__always)
  fileprivate func mean(
    of x: Rows, into mean: UnsafeMutablePointer<Floats>, _ part: UnsafeMutablePointer<Floats>
  ) {
    sum(into: mean, part) { row, column, _ in load(x[row], column) - load(x[0], column) }
    for vector in 0..<vectors {
      let first = load(x[0], range.lowerBound + vector * 16)
      mean[vector] = first + mean[vector] / Float(rows)
    }
  }
}
