public import Lamina

extension CPUBackend {
  /// Each thread takes its rows of the batch through product, bias and activation, but for the
  /// products that are cut along their depth.
  public func enqueueDenseForward(
    _ input: Matrix<CPUBackend>, _ layer: DenseParameters<CPUBackend>, _ activation: Activation,
    into output: Matrix<CPUBackend>
  ) throws(BackendError) {
    if isCutAlongDepth(input, output) {
      return try enqueueDenseForwardAlongDepth(input, layer, activation, into: output)
    }
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
      ) { [products] part in
        let rows = part.rows(of: outputs.rows)
        products.matmul(rows: rows, inputs, weights, into: outputs)
        activation.apply(to: outputs, bias: bias, rows: rows, into: outputs)
      })
  }

  /// Each thread takes its rows of the batch through product and derivative.
  public func enqueueDenseBackward(
    _ delta: Matrix<CPUBackend>, _ layer: DenseParameters<CPUBackend>, _ activation: Activation,
    input: Matrix<CPUBackend>, into inputDelta: Matrix<CPUBackend>
  ) throws(BackendError) {
    if layer.weights.columns < Self.fewOutputs {
      return try enqueueDenseBackwardOfFew(delta, layer, activation, input: input, into: inputDelta)
    }
    let transposed = try transposed(layer.weights, forRows: delta.rows)
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
      ) { [products] part in
        let rows = part.rows(of: inputDeltas.rows)
        products.matmul(rows: rows, deltas, weights, into: inputDeltas)
        activation.applyDerivative(to: inputDeltas, rows: rows, saved: inputs)
      })
  }

  /// OpenBLAS has no kernels for products of less depth with a transposed matrix that work without
  /// copying operands and taking locks.
  private static let fewOutputs = 32

  /// For a layer of few outputs, such as classes: each thread turns all weights for itself, which is
  /// less than waiting for each other.
  private func enqueueDenseBackwardOfFew(
    _ delta: Matrix<CPUBackend>, _ layer: DenseParameters<CPUBackend>, _ activation: Activation,
    input: Matrix<CPUBackend>, into inputDelta: Matrix<CPUBackend>
  ) throws(BackendError) {
    let outputs = layer.weights.columns
    let copies = try makeMatrix(rows: width * outputs, columns: layer.weights.rows)
    let (weights, transposed, deltas) = (Rows(layer.weights), Rows(copies), Rows(delta))
    let (inputs, inputDeltas) = (Rows(input), Rows(inputDelta))
    submit(
      CPUTask(
        accesses: [
          .readsRows(delta), .reads(layer.weights.storage), .writesRows(copies), .readsRows(input),
          .writesRows(inputDelta),
        ],
        work: 2 * inputDelta.rows * inputDelta.columns * outputs, rows: inputDelta.rows,
        product: (inputDelta.rows, inputDelta.columns, outputs)
      ) { [blas, products] part in
        let rows = part.rows(of: inputDeltas.rows)
        let mine = transposed.matrix(part.number, rows: outputs)
        blas.transpose(weights, columns: 0..<outputs, into: mine)
        products.matmul(rows: rows, deltas, mine, into: inputDeltas)
        activation.applyDerivative(to: inputDeltas, rows: rows, saved: inputs)
      }, operation: "DenseBackward")
  }

  /// The transpose of a matrix by which `rows` rows will be multiplied: a copy where the products,
  /// which are a fifth faster with rows in order, gain more than copying costs.
  private func transposed(
    _ matrix: Matrix<CPUBackend>, forRows rows: Int
  ) throws(BackendError) -> Matrix<CPUBackend> {
    guard rows >= 256, matrix.rows * matrix.columns >= 65536 else { return matrix.transposed }
    let copy = try makeMatrix(rows: matrix.columns, columns: matrix.rows)
    let (source, target) = (Rows(matrix), Rows(copy))
    submit(
      CPUTask(
        accesses: [.reads(matrix.storage), .writesRows(copy)], work: matrix.rows * matrix.columns,
        rows: copy.rows
      ) { [blas] part in
        blas.transpose(source, columns: part.rows(of: target.rows), into: target)
      }, operation: "Transpose")
    return copy
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
        .readsColumns(update.input), .reads(update.delta.storage), .writesRows(velocity),
        .writesRows(weights),
      ],
      work: 2 * weights.rows * weights.columns * update.input.rows, rows: weights.rows,
      product: (weights.rows, weights.columns, update.input.rows)
    ) { [blas, products] part in
      let rows = part.rows(of: changed.rows)
      products.matmul(rows: rows, inputs, deltas, beta: rule.momentum, into: change)
      blas.add(
        -rule.rate(part.arguments), change[rows.lowerBound], to: changed[rows.lowerBound],
        count: rows.count * changed.stride)
    }
  }

  private func biasUpdate(_ update: DenseUpdate<CPUBackend>, _ rule: SGD) -> CPUTask {
    let (bias, velocity) = (update.parameters.bias, update.velocity.bias)
    let (deltas, changed, change) = (Rows(update.delta), Elements(bias), Elements(velocity))
    return CPUTask(
      accesses: [.reads(update.delta.storage), .writesVectors(velocity), .writesVectors(bias)],
      work: 2 * update.delta.rows * bias.count, rows: bias.vectors
    ) { [blas] part in
      let columns = part.elements(of: changed)
      Self.sumColumns(of: deltas, columns, beta: rule.momentum, into: change)
      blas.add(
        -rule.rate(part.arguments), change.start + columns.lowerBound,
        to: changed.start + columns.lowerBound, count: columns.count)
    }
  }
}
