package import Lamina

extension ReferenceBackend {
  package func enqueueBatchNormalization(
    _ input: Matrix<ReferenceBackend>, _ layer: NormalizationParameters<ReferenceBackend>,
    batch: NormalizationStatistics<ReferenceBackend>,
    running: RunningStatistics<ReferenceBackend>, momentum: Float, epsilon: Float,
    into output: Matrix<ReferenceBackend>
  ) {
    submit("batchNormalization") {
      for column in 0..<input.columns {
        let values = (0..<input.rows).map { input[$0, column] }
        let (mean, squares) = meanAndSquares(values)
        let count = Double(values.count)
        let inverse = 1 / (squares / count + Double(epsilon)).squareRoot()
        batch.mean.storage.set(column, mean)
        batch.inverseDeviation.storage.set(column, inverse)
        func move(_ vector: Vector<ReferenceBackend>, to value: Double) {
          let share = Double(momentum)
          vector.storage.set(
            column, (1 - share) * vector.storage.float(column) + share * value)
        }
        move(running.mean, to: mean)
        if values.count > 1 { move(running.variance, to: squares / (count - 1)) }
        for (row, value) in values.enumerated() {
          output[row, column] =
            layer.scale.storage.float(column) * (value - mean) * inverse
            + layer.shift.storage.float(column)
        }
      }
    }
  }

  package func enqueueBatchNormalizationDelta(
    _ delta: Matrix<ReferenceBackend>, input: Matrix<ReferenceBackend>,
    scale: Vector<ReferenceBackend>, batch: NormalizationStatistics<ReferenceBackend>,
    gradients: NormalizationParameters<ReferenceBackend>, beta: Float,
    into inputDelta: Matrix<ReferenceBackend>?, adding: Bool
  ) {
    submit("batchNormalizationDelta") {
      for column in 0..<input.columns {
        let inverse = batch.inverseDeviation.storage.float(column)
        let normal = (0..<input.rows).map {
          (input[$0, column] - batch.mean.storage.float(column)) * inverse
        }
        let deltas = (0..<input.rows).map { delta[$0, column] }
        let sum = deltas.reduce(0, +)
        let product = zip(deltas, normal).reduce(0) { $0 + $1.0 * $1.1 }
        gradients.scale.accumulate(column, product, beta: beta)
        gradients.shift.accumulate(column, sum, beta: beta)
        guard let inputDelta else { continue }
        for row in 0..<input.rows {
          let common = (sum + normal[row] * product) / Double(input.rows)
          let value = scale.storage.float(column) * inverse * (deltas[row] - common)
          inputDelta[row, column] = value + (adding ? inputDelta[row, column] : 0)
        }
      }
    }
  }

  package func enqueueNormalize(
    _ input: Matrix<ReferenceBackend>, by running: RunningStatistics<ReferenceBackend>,
    _ layer: NormalizationParameters<ReferenceBackend>, epsilon: Float,
    into output: Matrix<ReferenceBackend>
  ) {
    submit("normalize") {
      for row in 0..<input.rows {
        for column in 0..<input.columns {
          let deviation =
            (running.variance.storage.float(column) + Double(epsilon)).squareRoot()
          let normal = (input[row, column] - running.mean.storage.float(column)) / deviation
          output[row, column] =
            layer.scale.storage.float(column) * normal + layer.shift.storage.float(column)
        }
      }
    }
  }

  package func enqueueLayerNormalization(
    _ input: Matrix<ReferenceBackend>, _ layer: NormalizationParameters<ReferenceBackend>,
    rows: NormalizationStatistics<ReferenceBackend>, epsilon: Float,
    into output: Matrix<ReferenceBackend>
  ) {
    submit("layerNormalization") {
      for row in 0..<input.rows {
        let values = (0..<input.columns).map { input[row, $0] }
        let (mean, squares) = meanAndSquares(values)
        let inverse = 1 / (squares / Double(values.count) + Double(epsilon)).squareRoot()
        rows.mean.storage.set(row, mean)
        rows.inverseDeviation.storage.set(row, inverse)
        for (column, value) in values.enumerated() {
          output[row, column] =
            layer.scale.storage.float(column) * (value - mean) * inverse
            + layer.shift.storage.float(column)
        }
      }
    }
  }

  package func enqueueLayerNormalizationDelta(
    _ delta: Matrix<ReferenceBackend>, input: Matrix<ReferenceBackend>,
    scale: Vector<ReferenceBackend>, rows: NormalizationStatistics<ReferenceBackend>,
    into inputDelta: Matrix<ReferenceBackend>, adding: Bool
  ) {
    submit("layerNormalizationDelta") {
      for row in 0..<input.rows {
        let inverse = rows.inverseDeviation.storage.float(row)
        let normal = (0..<input.columns).map {
          (input[row, $0] - rows.mean.storage.float(row)) * inverse
        }
        let scaled = (0..<input.columns).map { delta[row, $0] * scale.storage.float($0) }
        let count = Double(input.columns)
        let sum = scaled.reduce(0, +) / count
        let product = zip(scaled, normal).reduce(0) { $0 + $1.0 * $1.1 } / count
        for column in 0..<input.columns {
          let value = inverse * (scaled[column] - sum - normal[column] * product)
          inputDelta[row, column] = value + (adding ? inputDelta[row, column] : 0)
        }
      }
    }
  }

  package func enqueueLayerNormalizationGradients(
    _ delta: Matrix<ReferenceBackend>, input: Matrix<ReferenceBackend>,
    rows: NormalizationStatistics<ReferenceBackend>, beta: Float,
    into gradients: NormalizationParameters<ReferenceBackend>
  ) {
    submit("layerNormalizationGradients") {
      for column in 0..<input.columns {
        var (sum, product) = (0.0, 0.0)
        for row in 0..<input.rows {
          let normal =
            (input[row, column] - rows.mean.storage.float(row))
            * rows.inverseDeviation.storage.float(row)
          sum += delta[row, column]
          product += delta[row, column] * normal
        }
        gradients.scale.accumulate(column, product, beta: beta)
        gradients.shift.accumulate(column, sum, beta: beta)
      }
    }
  }

  package func enqueueDropout(
    _ input: Matrix<ReferenceBackend>, _ mask: DropoutMask, into output: Matrix<ReferenceBackend>,
    adding: Bool
  ) {
    submit("dropout") { [self] in
      let philox = Philox(seed: mask.seed, stream: mask.stream)
      for row in 0..<input.rows {
        for column in 0..<input.columns {
          let block = (arguments.rowOffset + row) * ((input.columns + 3) / 4) + column / 4
          let word = philox.block(at: UInt64(arguments.step) << 32 | UInt64(block))[column % 4]
          let isDropped = Double(word) < Double(mask.rate) * 0x1p32
          let value = isDropped ? 0 : input[row, column] / (1 - Double(mask.rate))
          output[row, column] = value + (adding ? output[row, column] : 0)
        }
      }
    }
  }

  package func enqueueMaxout(
    _ input: Matrix<ReferenceBackend>, into output: Matrix<ReferenceBackend>
  ) {
    submit("maxout") {
      for row in 0..<output.rows {
        for column in 0..<output.columns {
          output[row, column] = largestPiece(input, row, column, output.columns).value
        }
      }
    }
  }

  package func enqueueMaxoutDelta(
    _ delta: Matrix<ReferenceBackend>, input: Matrix<ReferenceBackend>,
    into inputDelta: Matrix<ReferenceBackend>
  ) {
    submit("maxoutDelta") {
      let outputs = delta.columns
      for row in 0..<delta.rows {
        for column in 0..<outputs {
          let winner = largestPiece(input, row, column, outputs).piece
          for piece in 0..<input.columns / outputs {
            inputDelta[row, piece * outputs + column] =
              piece == winner ? delta[row, column] : 0
          }
        }
      }
    }
  }
}

/// The mean, and the sum of the squared distances from it.
private func meanAndSquares(_ values: [Double]) -> (Double, Double) {
  let mean = values.reduce(0, +) / Double(values.count)
  return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
}

private func largestPiece(
  _ input: Matrix<ReferenceBackend>, _ row: Int, _ column: Int, _ outputs: Int
) -> (value: Double, piece: Int) {
  let values = stride(from: column, to: input.columns, by: outputs).map { input[row, $0] }
  let winner = values.lastIndex(where: \.isNaN) ?? values.firstIndex(of: values.max() ?? 0) ?? 0
  return (values[winner], winner)
}

extension Vector<ReferenceBackend> {
  /// `self[index] = sum + beta · self[index]`.
  fileprivate func accumulate(_ index: Int, _ sum: Double, beta: Float) {
    storage.set(index, sum + (beta == 0 ? 0 : Double(beta) * storage.float(index)))
  }
}
