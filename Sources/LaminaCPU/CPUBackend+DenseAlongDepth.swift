import Lamina

extension CPUBackend {
  /// Whether the product of a dense layer is cut along its depth, the layer's inputs, instead of
  /// along the rows of the batch.
  ///
  /// Cut along the rows, each step moves the batch and the weights between the processor's cores:
  /// each core reads all weights, of which others have changed most, and for its weights' gradient
  /// inputs that others have gathered. Cut along the inputs, a core gathers, reads and changes its
  /// own inputs and weights alone, and only sums are exchanged: one matrix of outputs a thread. That
  /// is worth it where the layer has many inputs and few outputs, as the first layer often has.
  func isCutAlongDepth(_ input: Matrix<CPUBackend>, _ output: Matrix<CPUBackend>) -> Bool {
    let moved = input.columns * (output.rows + output.columns)
    let sums = width * output.rows * output.columns
    return width > 1 && input.columns >= 16 * width && 3 * sums <= moved
  }

  /// Each thread multiplies its inputs by their weights; then each adds what all have found for its
  /// rows, and takes them through bias and activation.
  func enqueueDenseForwardAlongDepth(
    _ input: Matrix<CPUBackend>, _ layer: DenseParameters<CPUBackend>, _ activation: Activation,
    into output: Matrix<CPUBackend>
  ) throws(BackendError) {
    let sums = try makeMatrix(rows: width * output.rows, columns: output.columns)
    let (inputs, weights, outputs) = (Rows(input), Rows(layer.weights), Rows(output))
    let (parts, bias) = (Rows(sums), layer.bias.storage.floats)
    cutByColumns(whatWrites: input)
    submit(
      CPUTask(
        accesses: [.readsColumns(input), .readsRows(layer.weights), .writesRows(sums)],
        work: 2 * output.rows * output.columns * input.columns, rows: input.columns,
        product: (output.rows, output.columns, input.columns)
      ) { [products] part in
        let mine = part.rows(of: inputs.columns)
        let rows = 0..<inputs.rows
        products.matmul(
          rows: rows, inputs[rows, mine], weights[mine, 0..<weights.columns],
          into: parts.matrix(part.number, rows: inputs.rows))
      }, operation: "DenseForward")
    submit(
      CPUTask(
        accesses: [.reads(sums.storage), .reads(layer.bias.storage), .writesRows(output)],
        work: 4 * output.rows * output.columns, rows: output.rows
      ) { part in
        let rows = part.rows(of: outputs.rows)
        outputs.add(parts, count: part.count, rows: rows)
        activation.apply(to: outputs, bias: bias, rows: rows, into: outputs)
      }, operation: "DenseForward")
  }
}

extension Rows {
  /// Sets some rows to the sums of those of `count` matrices that lie one below the other.
  fileprivate func add(_ terms: Rows, count: Int, rows: Range<Int>) {
    for row in rows {
      let target = self[row]
      let hasPadding = self.hasPadding && terms.hasPadding
      target.assign(terms[row], terms[row], count: columns, hasPadding: hasPadding) { x, _ in x }
      for number in 1..<count {
        target.combine(
          with: terms[number * self.rows + row], count: columns, hasPadding: hasPadding
        ) { $0 + $1 }
      }
    }
  }
}
