public import Lamina

extension CPUBackend {
  /// Each thread takes its rows of the batch through product, bias and activation.
  public func enqueueDenseForward(
    _ input: Matrix<CPUBackend>, _ layer: DenseParameters<CPUBackend>, _ activation: Activation,
    into output: Matrix<CPUBackend>
  ) {
    let (inputs, weights, outputs) = (Rows(input), Rows(layer.weights), Rows(output))
    let bias = layer.bias.storage.floats
    submit(
      CPUTask(
        accesses: [
          .readsRows(input), .reads(layer.weights.storage), .reads(layer.bias.storage),
          .writesRows(output),
        ],
        work: 2 * output.rows * output.columns * input.columns, rows: output.rows,
        product: (output.rows, output.columns, input.columns)
      ) { [blas] part in
        let rows = part.rows(of: outputs.rows)
        blas.matmul(rows: rows, inputs, weights, into: outputs)
        activation.apply(to: outputs, bias: bias, rows: rows, into: outputs)
      })
  }

  /// Each thread takes its rows of the batch through product and derivative.
  public func enqueueDenseBackward(
    _ delta: Matrix<CPUBackend>, _ layer: DenseParameters<CPUBackend>, _ activation: Activation,
    input: Matrix<CPUBackend>, into inputDelta: Matrix<CPUBackend>
  ) {
    let transposed = layer.weights.transposed
    let (deltas, weights) = (Rows(delta), Rows(transposed))
    let (inputs, inputDeltas) = (Rows(input), Rows(inputDelta))
    submit(
      CPUTask(
        accesses: [
          .readsRows(delta), .reads(transposed.storage), .readsRows(input),
          .writesRows(inputDelta),
        ],
        work: 2 * inputDelta.rows * inputDelta.columns * delta.columns, rows: inputDelta.rows,
        product: (inputDelta.rows, inputDelta.columns, delta.columns)
      ) { [blas] part in
        let rows = part.rows(of: inputDeltas.rows)
        blas.matmul(rows: rows, deltas, weights, into: inputDeltas)
        activation.applyDerivative(to: inputDeltas, rows: rows, saved: inputs)
      })
  }

  /// Each thread takes its inputs of every layer: it accumulates their gradients over the whole
  /// batch, so that no sums have to be merged, and updates their weights while they are in cache.
  public func enqueueDenseUpdates(
    _ updates: [DenseUpdate<CPUBackend>], parameters: Vector<CPUBackend>,
    velocity: Vector<CPUBackend>, rule: SGD
  ) {
    for update in updates {
      submit(weightUpdate(update, rule))
      submit(biasUpdate(update, rule))
    }
  }

  private func weightUpdate(_ update: DenseUpdate<CPUBackend>, _ rule: SGD) -> CPUTask {
    let (weights, velocity) = (update.parameters.weights, update.velocity.weights)
    let (inputs, deltas) = (Rows(update.input.transposed), Rows(update.delta))
    let (changed, change) = (Rows(weights), Rows(velocity))
    return CPUTask(
      accesses: [
        .reads(update.input.storage), .reads(update.delta.storage), .writesRows(velocity),
        .writesRows(weights),
      ],
      work: 2 * weights.rows * weights.columns * update.input.rows, rows: weights.rows,
      product: (weights.rows, weights.columns, update.input.rows)
    ) { [blas] part in
      let rows = part.rows(of: changed.rows)
      blas.matmul(rows: rows, inputs, deltas, beta: rule.momentum, into: change)
      Self.update(
        changed.start, velocity: change.start,
        rows.lowerBound * changed.stride..<rows.upperBound * changed.stride,
        rate: rule.rate(part.arguments))
    }
  }

  private func biasUpdate(_ update: DenseUpdate<CPUBackend>, _ rule: SGD) -> CPUTask {
    let (bias, velocity) = (update.parameters.bias, update.velocity.bias)
    let (deltas, changed, change) = (Rows(update.delta), Elements(bias), Elements(velocity))
    return CPUTask(
      accesses: [.reads(update.delta.storage), .writesVectors(velocity), .writesVectors(bias)],
      work: 2 * update.delta.rows * bias.count, rows: bias.vectors
    ) { part in
      let columns = part.elements(of: changed)
      Self.sumColumns(of: deltas, columns, beta: rule.momentum, into: change)
      Self.update(
        changed.start, velocity: change.start, columns, rate: rule.rate(part.arguments))
    }
  }
}
