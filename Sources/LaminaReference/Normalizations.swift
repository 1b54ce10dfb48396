import Lamina

extension Operation<ReferenceBackend>.BatchNormalization {
  func compute() {
    for column in 0..<input.columns {
      let values = (0..<input.rows).map { input[$0, column] }
      let (mean, squares) = meanAndSquares(values)
      let count = Double(values.count)
      let inverse = 1 / (squares / count + Double(epsilon)).squareRoot()
      batch.mean[column] = mean
      batch.inverseDeviation[column] = inverse
      move(running.mean, column, to: mean)
      if values.count > 1 { move(running.variance, column, to: squares / (count - 1)) }
      for (row, value) in values.enumerated() {
        output[row, column] = layer.scale[column] * (value - mean) * inverse + layer.shift[column]
      }
    }
  }

  private func move(_ vector: Vector<ReferenceBackend>, _ column: Int, to value: Double) {
    let share = Double(momentum)
    vector[column] = (1 - share) * vector[column] + share * value
  }
}

extension Operation<ReferenceBackend>.BatchNormalizationDelta {
  func compute() {
    for column in 0..<input.columns {
      let inverse = batch.inverseDeviation[column]
      let normal = (0..<input.rows).map { (input[$0, column] - batch.mean[column]) * inverse }
      let deltas = (0..<input.rows).map { delta[$0, column] }
      let sum = deltas.reduce(0, +)
      let product = zip(deltas, normal).reduce(0) { $0 + $1.0 * $1.1 }
      gradients.scale.accumulate(column, product, beta: beta)
      gradients.shift.accumulate(column, sum, beta: beta)
      guard let inputDelta else { continue }
      for row in 0..<input.rows {
        let common = (sum + normal[row] * product) / Double(input.rows)
        let value = scale[column] * inverse * (deltas[row] - common)
        inputDelta[row, column] = value + (isAdded ? inputDelta[row, column] : 0)
      }
    }
  }
}

extension Operation<ReferenceBackend>.Normalization {
  func compute() {
    for row in 0..<input.rows {
      for column in 0..<input.columns {
        let deviation = (running.variance[column] + Double(epsilon)).squareRoot()
        let normal = (input[row, column] - running.mean[column]) / deviation
        output[row, column] = layer.scale[column] * normal + layer.shift[column]
      }
    }
  }
}

extension Operation<ReferenceBackend>.LayerNormalization {
  func compute() {
    for row in 0..<input.rows {
      let values = (0..<input.columns).map { input[row, $0] }
      let (mean, squares) = meanAndSquares(values)
      let inverse = 1 / (squares / Double(values.count) + Double(epsilon)).squareRoot()
      rows.mean[row] = mean
      rows.inverseDeviation[row] = inverse
      for (column, value) in values.enumerated() {
        output[row, column] = layer.scale[column] * (value - mean) * inverse + layer.shift[column]
      }
    }
  }
}

extension Operation<ReferenceBackend>.LayerNormalizationDelta {
  func compute() {
    for row in 0..<input.rows {
      let inverse = rows.inverseDeviation[row]
      let normal = (0..<input.columns).map { (input[row, $0] - rows.mean[row]) * inverse }
      let scaled = (0..<input.columns).map { delta[row, $0] * scale[$0] }
      let count = Double(input.columns)
      let sum = scaled.reduce(0, +) / count
      let product = zip(scaled, normal).reduce(0) { $0 + $1.0 * $1.1 } / count
      for column in 0..<input.columns {
        let value = inverse * (scaled[column] - sum - normal[column] * product)
        inputDelta[row, column] = value + (isAdded ? inputDelta[row, column] : 0)
      }
    }
  }
}

extension Operation<ReferenceBackend>.LayerNormalizationGradients {
  func compute() {
    for column in 0..<input.columns {
      var (sum, product) = (0.0, 0.0)
      for row in 0..<input.rows {
        let normal = (input[row, column] - rows.mean[row]) * rows.inverseDeviation[row]
        sum += delta[row, column]
        product += delta[row, column] * normal
      }
      gradients.scale.accumulate(column, product, beta: beta)
      gradients.shift.accumulate(column, sum, beta: beta)
    }
  }
}

/// The mean, and the sum of the squared distances from it.
private func meanAndSquares(_ values: [Double]) -> (Double, Double) {
  let mean = values.reduce(0, +) / Double(values.count)
  return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
}

extension Vector<ReferenceBackend> {
  /// `self[index] = sum + beta · self[index]`.
  fileprivate func accumulate(_ index: Int, _ sum: Double, beta: Float) {
    self[index] = sum + (beta == 0 ? 0 : Double(beta) * self[index])
  }
}
