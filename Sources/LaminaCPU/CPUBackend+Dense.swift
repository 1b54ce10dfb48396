public import Lamina

extension CPUBackend {
  /// Each thread takes its rows of the batch through product, bias and activation.
  public func enqueueDenseForward(
    _ input: Matrix<CPUBackend>, _ layer: DenseParameters<CPUBackend>, _ activation: Activation,
    into output: Matrix<CPUBackend>
  ) {
    submit(
      CPUTask(
        accesses: [
          .readsRows(input), .reads(layer.weights.storage), .reads(layer.bias.storage),
          .writesRows(output),
        ],
        work: 2 * output.rows * output.columns * input.columns, rows: output.rows
      ) { [blas] part in
        let rows = part.rows(of: output.rows)
        blas.matmul(rows: rows, input, layer.weights, into: output)
        activation.apply(to: output, rows: rows, bias: layer.bias)
      })
  }

  /// Each thread takes its rows of the batch through product and derivative.
  public func enqueueDenseBackward(
    _ delta: Matrix<CPUBackend>, _ layer: DenseParameters<CPUBackend>, _ activation: Activation,
    input: Matrix<CPUBackend>, into inputDelta: Matrix<CPUBackend>
  ) {
    let transposed = layer.weights.transposed
    submit(
      CPUTask(
        accesses: [
          .readsRows(delta), .reads(transposed.storage), .readsRows(input),
          .writesRows(inputDelta),
        ],
        work: 2 * inputDelta.rows * inputDelta.columns * delta.columns, rows: inputDelta.rows
      ) { [blas] part in
        let rows = part.rows(of: inputDelta.rows)
        blas.matmul(rows: rows, delta, transposed, into: inputDelta)
        activation.applyDerivative(to: inputDelta, rows: rows, output: input)
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
    return CPUTask(
      accesses: [
        .reads(update.input.storage), .reads(update.delta.storage), .writesRows(velocity),
        .writesRows(weights),
      ],
      work: 2 * weights.rows * weights.columns * update.input.rows, rows: weights.rows
    ) { [blas] part in
      let rows = part.rows(of: weights.rows)
      blas.matmul(
        rows: rows, update.input.transposed, update.delta, beta: rule.momentum, into: velocity)
      Self.update(
        weights.storage.floats, velocity: velocity.storage.floats,
        rows.lowerBound * weights.stride..<rows.upperBound * weights.stride,
        rate: rule.rate(part.arguments))
    }
  }

  private func biasUpdate(_ update: DenseUpdate<CPUBackend>, _ rule: SGD) -> CPUTask {
    let (bias, velocity) = (update.parameters.bias, update.velocity.bias)
    return CPUTask(
      accesses: [.reads(update.delta.storage), .writesVectors(velocity), .writesVectors(bias)],
      work: 2 * update.delta.rows * bias.count, rows: bias.vectors
    ) { part in
      let columns = part.elements(of: bias)
      Self.sumColumns(of: update.delta, columns, beta: rule.momentum, into: velocity)
      Self.update(
        bias.storage.floats, velocity: velocity.storage.floats, columns,
        rate: rule.rate(part.arguments))
    }
  }
}
