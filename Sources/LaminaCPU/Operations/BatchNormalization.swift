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
      columns.forEach { column in
        let mean = columns.mean(of: x, column)
        let squares = columns.sum { row in
          let distance = columns.load(x[row], column) - mean
          return distance * distance
        }
        statistics.update(columns, column, mean: mean, squares: squares)
        let inverse = 1 / (squares / Float(columns.rows) + epsilon).squareRoot()
        columns.write(mean, to: means, column)
        columns.write(inverse, to: inverses, column)
        let (factor, term) = (columns.read(scale, column), columns.read(shift, column))
        for row in 0..<columns.rows {
          let normal = (columns.load(x[row], column) - mean) * inverse
          columns.store(normal * factor + term, to: y[row], column)
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
      columns.forEach { column in
        let (mean, inverse) = (columns.read(means, column), columns.read(inverses, column))
        let normal = { (row: Int) -> Floats in (columns.load(x[row], column) - mean) * inverse }
        let shiftGradient = columns.sum { row in columns.load(d[row], column) }
        let scaleGradient = columns.sum { row in columns.load(d[row], column) * normal(row) }
        change.accumulate(columns, column, scale: scaleGradient, shift: shiftGradient)
        guard let target else { return }
        let (factor, share) = (columns.read(scales, column) * inverse, 1 / Float(columns.rows))
        for row in 0..<columns.rows {
          let common = (shiftGradient + normal(row) * scaleGradient) * share
          var change = (columns.load(d[row], column) - common) * factor
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
      columns.forEach { column in
        let (average, factor) = (columns.read(mean, column), columns.read(scale, column))
        let inverse = 1 / (columns.read(variance, column) + epsilon).squareRoot()
        let term = columns.read(shift, column)
        for row in rows {
          let normal = (columns.load(x[row], column) - average) * inverse
          columns.store(normal * factor + term, to: y[row], column)
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

  /// `gradient = sum + beta · gradient`, of sixteen columns.
  @inline(__always)
  func accumulate(_ columns: Columns, _ column: Int, scale: Floats, shift: Floats) {
    columns.accumulate(scale, beta: beta, into: self.scale, column)
    columns.accumulate(shift, beta: beta, into: self.shift, column)
  }
}

/// Running mean and variance, by address.
private struct RunningColumns {
  let mean, variance: UnsafeMutablePointer<Float>
  let momentum: Float

  /// Moves both, of sixteen columns, towards the values of a batch. `squares` are sums of squared
  /// distances from the mean.
  @inline(__always)
  func update(_ columns: Columns, _ column: Int, mean: Floats, squares: Floats) {
    move(self.mean, columns, column, towards: mean)
    if columns.rows > 1 {
      move(variance, columns, column, towards: squares * (1 / Float(columns.rows - 1)))
    }
  }

  @inline(__always)
  private func move(
    _ running: UnsafeMutablePointer<Float>, _ columns: Columns, _ column: Int,
    towards batch: Floats
  ) {
    let old = columns.read(running, column)
    columns.write((1 - momentum) * old + momentum * batch, to: running, column)
  }
}

extension Columns {
  /// The means of sixteen columns, computed as distances from their first numbers, so that they are
  /// exact for columns of equal numbers.
  @inline(__always)
  fileprivate func mean(of x: Rows, _ column: Int) -> Floats {
    let first = load(x[0], column)
    return first + sum { row in load(x[row], column) - first } / Float(rows)
  }
}
